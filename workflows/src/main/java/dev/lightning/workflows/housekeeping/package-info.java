/** Removing what was kept long enough. */
@NullMarked
package dev.lightning.workflows.housekeeping;

import org.jspecify.annotations.NullMarked;
