/** What is too large for a row or a history. */
@NullMarked
package dev.lightning.providers.blobs;

import org.jspecify.annotations.NullMarked;
