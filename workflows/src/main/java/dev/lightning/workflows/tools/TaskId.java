package dev.lightning.workflows.tools;

import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.Owner;
import java.util.regex.Pattern;

/** Names one run of a tool within its owner: the event that started it, a dot, and the tool, whose name has no dot. */
public final class TaskId {
    private static final Pattern POSSIBLE =
            Pattern.compile("[A-Za-z0-9._~:-]{1,200}\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private TaskId() {}

    public static String of(EventId event, String tool) {
        return event.value() + "." + tool;
    }

    /** Whether any run can have this id; other strings name nothing. */
    public static boolean isPossible(String text) {
        return POSSIBLE.matcher(text).matches();
    }

    public static String workflowId(Owner owner, String taskId) {
        return "tool-" + owner.key() + "-" + taskId;
    }
}
