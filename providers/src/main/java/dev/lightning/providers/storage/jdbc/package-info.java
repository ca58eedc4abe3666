/** What the relational stores share: the SQL of an entity, the form of its properties and the schema's version. */
@NullMarked
package dev.lightning.providers.storage.jdbc;

import org.jspecify.annotations.NullMarked;
