/** JSON Schemas that users wrote, held against what models wrote. */
@NullMarked
package dev.lightning.providers.schemas;

import org.jspecify.annotations.NullMarked;
