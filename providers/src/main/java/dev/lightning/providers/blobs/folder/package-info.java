/** Blobs as files of a folder, which needs nothing installed. */
@NullMarked
package dev.lightning.providers.blobs.folder;

import org.jspecify.annotations.NullMarked;
