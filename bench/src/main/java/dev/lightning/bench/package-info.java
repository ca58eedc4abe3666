/** Measures the product from outside, as its users meet it. */
@NullMarked
package dev.lightning.bench;

import org.jspecify.annotations.NullMarked;
