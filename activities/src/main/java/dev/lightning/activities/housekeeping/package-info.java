/** Removing what was kept long enough. */
@NullMarked
package dev.lightning.activities.housekeeping;

import org.jspecify.annotations.NullMarked;
