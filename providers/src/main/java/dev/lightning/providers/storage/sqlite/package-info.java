/** The store as one file, which needs nothing installed. */
@NullMarked
package dev.lightning.providers.storage.sqlite;

import org.jspecify.annotations.NullMarked;
