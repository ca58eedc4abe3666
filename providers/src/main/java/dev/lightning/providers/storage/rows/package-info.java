/** The typed rows that capabilities keep in the store, each written and read in one place. */
@NullMarked
package dev.lightning.providers.storage.rows;

import org.jspecify.annotations.NullMarked;
