/** How everything that Temporal stores is written and read. */
@NullMarked
package dev.lightning.workflows.wire;

import org.jspecify.annotations.NullMarked;
