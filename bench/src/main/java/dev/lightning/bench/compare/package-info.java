/** Measures the product and bare Temporal programs side by side, in one run on one machine. */
@NullMarked
package dev.lightning.bench.compare;

import org.jspecify.annotations.NullMarked;
