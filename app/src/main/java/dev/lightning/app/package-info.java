/** The one executable: settings, wiring, the embedded Temporal server. */
@NullMarked
package dev.lightning.app;

import org.jspecify.annotations.NullMarked;
