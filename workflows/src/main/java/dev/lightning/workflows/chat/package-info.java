/** Asking a language model. */
@NullMarked
package dev.lightning.workflows.chat;

import org.jspecify.annotations.NullMarked;
