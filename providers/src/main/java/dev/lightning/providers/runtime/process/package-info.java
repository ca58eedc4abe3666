/** Runs as plain processes of this machine, which need nothing installed: for a developer's own machine only. */
@NullMarked
package dev.lightning.providers.runtime.process;

import org.jspecify.annotations.NullMarked;
