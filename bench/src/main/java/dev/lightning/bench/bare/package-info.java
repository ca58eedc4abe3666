/** The same two steps as Temporal alone would do them, to measure the product against. */
@NullMarked
package dev.lightning.bench.bare;

import org.jspecify.annotations.NullMarked;
