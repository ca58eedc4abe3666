package dev.lightning.workflows.tools;

import dev.lightning.workflows.events.Event;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What the store knows of tools and their runs. All of it is quick and may be repeated without harm. */
@ActivityInterface
public interface ToolActivities {
    @ActivityMethod(name = "Tool.Match")
    ToolMatches match(Event event);

    /** Writes that a run begins, and answers how an earlier run of the same order completed, if one did. */
    @ActivityMethod(name = "Tool.BeginRun")
    ToolRunBeginning beginRun(ToolRunRecord run);

    /** Writes how far a run is, so that lists show it without asking Temporal. */
    @ActivityMethod(name = "Tool.RecordRun")
    void recordRun(ToolRunRecord run);
}
