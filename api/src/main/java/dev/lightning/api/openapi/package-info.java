/** The description of the edge: what the annotations of the controllers cannot say, or would have to say again and again. */
@NullMarked
package dev.lightning.api.openapi;

import org.jspecify.annotations.NullMarked;
