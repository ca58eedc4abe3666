/** The HTTP edge. */
@NullMarked
package dev.lightning.api;

import org.jspecify.annotations.NullMarked;
