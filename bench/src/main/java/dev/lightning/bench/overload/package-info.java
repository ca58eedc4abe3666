/** Measures what one user notices while another one floods the product. */
@NullMarked
package dev.lightning.bench.overload;

import org.jspecify.annotations.NullMarked;
