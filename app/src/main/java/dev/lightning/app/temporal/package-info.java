/** The connection to Temporal, and in local mode the Temporal server that this process owns. */
@NullMarked
package dev.lightning.app.temporal;

import org.jspecify.annotations.NullMarked;
