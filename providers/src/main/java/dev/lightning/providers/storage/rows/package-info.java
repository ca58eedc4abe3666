/** The typed rows that the product keeps in the store, one class for each kind. */
@NullMarked
package dev.lightning.providers.storage.rows;

import org.jspecify.annotations.NullMarked;
