/** How the edge asks Temporal: for how long, and what a failed call means. */
@NullMarked
package dev.lightning.api.temporal;

import org.jspecify.annotations.NullMarked;
