package dev.lightning.workflows.tools;

import dev.lightning.workflows.events.Event;

/** What a tool run starts from: the event that wants it and the tool that takes it. */
public record ToolRunOrder(String taskId, Event event, ToolSpec tool) {}
