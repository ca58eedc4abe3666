/** Entities with a partition, a row, properties and an etag, and the typed rows kept in them. */
@NullMarked
package dev.lightning.providers.storage;

import org.jspecify.annotations.NullMarked;
