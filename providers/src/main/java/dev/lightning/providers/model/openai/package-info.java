/** OpenAI's Chat Completions, and every server that speaks them. */
@NullMarked
package dev.lightning.providers.model.openai;

import org.jspecify.annotations.NullMarked;
