package dev.lightning.workflows.chat;

import dev.lightning.workflows.events.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * What the model gets to read about one of its calls.
 *
 * @param taskId the run that the call was, null when it was refused
 * @param code why there is no result, null when there is one
 * @param content exit code and data or output, or an error in words
 */
public record ToolAnswer(@Nullable String taskId, @Nullable String code, Metadata content) {}
