/** Keeps what a measurement came to: a file beside the others, and the table in the page. */
@NullMarked
package dev.lightning.bench.report;

import org.jspecify.annotations.NullMarked;
