/** The store on Azure Tables: a storage account's table service, Azurite, or Cosmos DB's API for tables. */
@NullMarked
package dev.lightning.providers.storage.azuretables;

import org.jspecify.annotations.NullMarked;
