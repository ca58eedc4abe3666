package dev.lightning.workflows.tools;

import dev.lightning.workflows.events.Event;
import org.jspecify.annotations.Nullable;

/**
 * What a tool run starts from.
 *
 * @param event the event that the tool takes
 * @param soFar where a long run goes on whose history had become too long, null at its beginning
 */
public record ToolRunOrder(
        String taskId, Event event, ToolSpec tool, @Nullable ToolRunProgress soFar) {
    ToolRunOrder goingOn(ToolRunProgress progress) {
        return new ToolRunOrder(taskId, event, tool, progress);
    }
}
