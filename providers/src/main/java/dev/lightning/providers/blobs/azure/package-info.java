/** Blobs in a storage account of Azure, or in Azurite. */
@NullMarked
package dev.lightning.providers.blobs.azure;

import org.jspecify.annotations.NullMarked;
