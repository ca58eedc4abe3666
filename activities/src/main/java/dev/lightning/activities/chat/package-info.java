/** Asking a language model, at most once for each recorded answer. */
@NullMarked
package dev.lightning.activities.chat;

import org.jspecify.annotations.NullMarked;
