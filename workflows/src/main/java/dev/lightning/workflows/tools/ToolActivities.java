package dev.lightning.workflows.tools;

import dev.lightning.workflows.events.Event;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** What the store knows of tools and their runs. All of it is quick and may be repeated without harm. */
@ActivityInterface
public interface ToolActivities {
    /** The tools that take this event, in the order of their names: the owner's, then the platform's. */
    @ActivityMethod(name = "Tool.Match")
    List<ToolSpec> match(Event event);

    /** Writes how far a run is, so that lists show it without asking Temporal. */
    @ActivityMethod(name = "Tool.RecordRun")
    void recordRun(ToolRunRecord run);
}
