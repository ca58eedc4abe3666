/** The store as a PostgreSQL database, for several processes and machines. */
@NullMarked
package dev.lightning.providers.storage.postgres;

import org.jspecify.annotations.NullMarked;
