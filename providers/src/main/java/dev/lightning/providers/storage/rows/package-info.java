/** The typed rows that capabilities keep in the store, each with its keys and its format version. */
@NullMarked
package dev.lightning.providers.storage.rows;

import org.jspecify.annotations.NullMarked;
