package dev.lightning.workflows.tools;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Does what a run needs done outside. Every method finds its run by the name that follows from the order, so that a
 * repeat on any worker goes on with what is there.
 */
@ActivityInterface
public interface ToolRunActivities {
    /**
     * Starts the program unless it has been started before.
     *
     * @param interruptions how often what it ran on was taken away
     */
    @ActivityMethod(name = "ToolRun.Provision")
    Observation provision(ToolRunOrder order, int interruptions);

    /** Looks after the program, waiting at most this long for its end. */
    @ActivityMethod(name = "ToolRun.Observe")
    Observation observe(ToolRunRef run, Duration patience);

    /** Ends the program at once; what it has said so far can still be collected. */
    @ActivityMethod(name = "ToolRun.Stop")
    void stop(ToolRunRef run);

    /** Keeps output and files, and reads the result. */
    @ActivityMethod(name = "ToolRun.Collect")
    ToolOutput collect(ToolRunOrder order);

    /**
     * Removes everything that was provisioned for the run.
     *
     * @return in how long to call again because something may be left, null when nothing is
     */
    @ActivityMethod(name = "ToolRun.Remove")
    @Nullable
    Duration remove(ToolRunRef run);
}
