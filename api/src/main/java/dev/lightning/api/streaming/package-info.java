/** Server-sent events: who may have a stream open, for how long, and how one is written and ended. */
@NullMarked
package dev.lightning.api.streaming;

import org.jspecify.annotations.NullMarked;
