/** Measures what a run of a tool costs over the engine's own. */
@NullMarked
package dev.lightning.bench.tools;

import org.jspecify.annotations.NullMarked;
