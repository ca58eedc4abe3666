/** Reads what processes cost on this machine, and starts and ends them. */
@NullMarked
package dev.lightning.bench.machine;

import org.jspecify.annotations.NullMarked;
