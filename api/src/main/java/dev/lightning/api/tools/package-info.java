/** Tools and functions over HTTP and from the operator's files: defined, listed, tried out and invoked. */
@NullMarked
package dev.lightning.api.tools;

import org.jspecify.annotations.NullMarked;
