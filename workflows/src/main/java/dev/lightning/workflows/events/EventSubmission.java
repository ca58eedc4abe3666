package dev.lightning.workflows.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an event's workflow starts from.
 *
 * @param event the event; for a cron schedule its template, which every run turns into an event of its own
 * @param due when a future event is to start, null for now
 * @param scheduleId the cron schedule that starts this run, null otherwise
 * @param modelQueue the task queue of the model calls, null for the workflow's own
 * @param tools whether registered tools are asked to take the event; null in what was started before there were any
 */
public record EventSubmission(
        Event event,
        @Nullable Instant due,
        @Nullable String scheduleId,
        @Nullable String modelQueue,
        @Nullable Boolean tools) {
    /** The same for a run that may meet tools which were not there when the event was accepted. */
    public EventSubmission askingTools() {
        return new EventSubmission(event, due, scheduleId, modelQueue, true);
    }
}
