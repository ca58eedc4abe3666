/** Every outside system behind a port; the only module that knows a vendor. */
@NullMarked
package dev.lightning.providers;

import org.jspecify.annotations.NullMarked;
