/** What a caller can be told when something is wrong. */
@NullMarked
package dev.lightning.api.errors;

import org.jspecify.annotations.NullMarked;
