/** Measures how late what is due in the future is. */
@NullMarked
package dev.lightning.bench.schedules;

import org.jspecify.annotations.NullMarked;
