/** Typed rows over the entity port, one class for each kind. */
@NullMarked
package dev.lightning.providers.storage.rows;

import org.jspecify.annotations.NullMarked;
