package dev.lightning.workflows;

import dev.lightning.workflows.chat.ChatHandler;
import dev.lightning.workflows.events.EventHandler;
import dev.lightning.workflows.events.EventWorkflow;
import dev.lightning.workflows.events.EventWorkflowImpl;
import dev.lightning.workflows.notifications.NotificationHandler;
import dev.lightning.workflows.tools.ToolRuns;
import java.util.List;

/** What the platform does with an event out of the box, and the event workflow made of it. */
public final class BuiltinHandlers {
    private static final List<EventHandler> ALL = List.of(new ChatHandler(), new NotificationHandler());

    private BuiltinHandlers() {}

    /** The factory that workers register. */
    public static EventWorkflow newEventWorkflow() {
        return new EventWorkflowImpl(ALL, ToolRuns::new);
    }
}
