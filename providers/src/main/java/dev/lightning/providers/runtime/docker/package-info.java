/** Runs in containers, through the API that Docker and podman both speak. */
@NullMarked
package dev.lightning.providers.runtime.docker;

import org.jspecify.annotations.NullMarked;
