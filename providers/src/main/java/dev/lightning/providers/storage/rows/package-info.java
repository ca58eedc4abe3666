/** What each kind of entity holds, typed, over the store every adapter can offer. */
@NullMarked
package dev.lightning.providers.storage.rows;

import org.jspecify.annotations.NullMarked;
