/** The live stream of a product that runs in one process. */
@NullMarked
package dev.lightning.providers.stream.inprocess;

import org.jspecify.annotations.NullMarked;
