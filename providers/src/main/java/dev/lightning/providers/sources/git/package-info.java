/** Sources in git repositories, read with JGit over a connection that goes out into the world only. */
@NullMarked
package dev.lightning.providers.sources.git;

import org.jspecify.annotations.NullMarked;
