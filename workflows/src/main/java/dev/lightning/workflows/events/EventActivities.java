package dev.lightning.workflows.events;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Keeps the event rows in step with the workflows. Both methods may be repeated without harm. */
@ActivityInterface
public interface EventActivities {
    /** Writes the row of an event that no client posted: a run of a cron schedule. */
    @ActivityMethod(name = "Event.RecordArrival")
    void recordArrival(Event event);

    @ActivityMethod(name = "Event.RecordOutcome")
    void recordOutcome(RunRecord run);
}
