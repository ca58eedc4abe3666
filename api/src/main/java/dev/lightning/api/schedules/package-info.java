/** Events in the future: once, as a sleeping event workflow, or again and again, as a Temporal Schedule. */
@NullMarked
package dev.lightning.api.schedules;

import org.jspecify.annotations.NullMarked;
