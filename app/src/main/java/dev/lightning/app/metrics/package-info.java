/** What the product counts of its own, beside what Temporal and the frameworks count. */
@NullMarked
package dev.lightning.app.metrics;

import org.jspecify.annotations.NullMarked;
