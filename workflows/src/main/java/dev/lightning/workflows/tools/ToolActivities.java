package dev.lightning.workflows.tools;

import dev.lightning.workflows.events.Event;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** What the store and Temporal know of tools and their runs. All of it is quick and may be repeated without harm. */
@ActivityInterface
public interface ToolActivities {
    @ActivityMethod(name = "Tool.Match")
    ToolMatches match(Event event);

    /** Writes that a run begins, and answers how an earlier run of the same order completed, if one did. */
    @ActivityMethod(name = "Tool.BeginRun")
    ToolRunBeginning beginRun(ToolRunRecord run);

    /** Takes a place in the queue of the tool's owner, who tells the run when it may begin. */
    @ActivityMethod(name = "Tool.EnterQueue")
    void enterQueue(ToolRunOrder order);

    /** Those of these runs whose workflow is open. */
    @ActivityMethod(name = "Tool.OpenRuns")
    List<String> openRuns(List<String> workflowIds);

    /** What the definitions of this owner's tools allow now; runs of one that is gone go one at a time. */
    @ActivityMethod(name = "Tool.Replicas")
    List<ReplicaLimit> replicas(String toolOwnerKey, List<String> tools);

    /** Writes how far a run is, so that lists show it without asking Temporal. */
    @ActivityMethod(name = "Tool.RecordRun")
    void recordRun(ToolRunRecord run);
}
