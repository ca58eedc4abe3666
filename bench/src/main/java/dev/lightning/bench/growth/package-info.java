/** Measures the same figures again and again while the store grows. */
@NullMarked
package dev.lightning.bench.growth;

import org.jspecify.annotations.NullMarked;
