/** The port to where users keep their sources, with what says which addresses and secrets may be used. */
@NullMarked
package dev.lightning.providers.sources;

import org.jspecify.annotations.NullMarked;
