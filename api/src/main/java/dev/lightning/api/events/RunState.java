package dev.lightning.api.events;

import dev.lightning.workflows.events.EventReport;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Temporal knows of the latest run of an event's workflow. */
public sealed interface RunState {
    /**
     * The run is under way.
     *
     * @param report what the workflow says of itself, null when no worker answered in time
     * @param pending what the server is waiting for, which the workflow itself cannot see
     * @param stuck whether the workflow cannot go on until somebody fixes something
     */
    record Open(String runId, Instant startedAt, @Nullable EventReport report, List<PendingStep> pending, boolean stuck)
            implements RunState {
        public Open {
            pending = List.copyOf(pending);
        }
    }

    /**
     * The run has ended.
     *
     * @param report the last that the workflow said of itself, null when nobody can tell any more
     */
    record Closed(
            String runId,
            Instant startedAt,
            Instant endedAt,
            EventStatus status,
            @Nullable Reason reason,
            @Nullable EventReport report)
            implements RunState {}

    /** Temporal has no such workflow. */
    record Missing() implements RunState {}

    /** Temporal cannot be asked right now. */
    record Away() implements RunState {}

    /**
     * An activity that is being tried.
     *
     * @param activity its type, for example {@code Chat.Reply}
     * @param attempt the attempt under way or waited for, from 1
     * @param lastError what the last failed attempt said
     */
    record PendingStep(
            String activity, int attempt, @Nullable String lastError) {}
}
