/** Conditions over events in the Common Expression Language, checked when they are written and bounded when they run. */
@NullMarked
package dev.lightning.providers.filters;

import org.jspecify.annotations.NullMarked;
