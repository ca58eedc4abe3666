package dev.lightning.providers.storage.rows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the store keeps of an event: enough to recognise a repeat, to list it and to say how it ended.
 *
 * @param bodyHash what tells a repeat from another event with the same id; empty for a run of a schedule
 * @param due when a future event starts, null for one that started at once
 * @param report how the last run went, as JSON; null while the first is under way and in lists
 * @param runs the runs that ended, oldest first; empty in lists
 * @param etag what a change names to be sure that nobody else changed the row; empty before it is stored
 */
public record EventRow(
        String ownerKey,
        String userId,
        String id,
        String bodyHash,
        String type,
        String source,
        Instant time,
        Instant receivedAt,
        @Nullable Instant due,
        Standing standing,
        @Nullable String report,
        List<EventRun> runs,
        String etag) {
    /**
     * Where the event stands.
     *
     * @param openedAt when the current or last run was asked for: on arrival, later by a retry
     * @param endedAt when the last run ended, null while one is under way
     */
    public record Standing(
            String status,
            @Nullable String reasonCode,
            @Nullable String reasonMessage,
            Instant openedAt,
            @Nullable Instant endedAt) {
        /** Nothing has ended yet. */
        public static Standing open(String status, Instant openedAt) {
            return new Standing(status, null, null, openedAt, null);
        }

        static Standing of(EventRun run, Instant openedAt) {
            return new Standing(run.status(), run.reasonCode(), run.reasonMessage(), openedAt, run.endedAt());
        }
    }

    public EventRow {
        runs = List.copyOf(runs);
    }

    /** An event that has just been received and of which no run has ended. */
    public static EventRow received(
            String ownerKey,
            String userId,
            String id,
            String bodyHash,
            String type,
            String source,
            Instant time,
            Instant receivedAt,
            @Nullable Instant due,
            String status) {
        Standing standing = Standing.open(status, receivedAt);
        return new EventRow(
                ownerKey, userId, id, bodyHash, type, source, time, receivedAt, due, standing, null, List.of(), "");
    }

    public String status() {
        return standing.status();
    }

    /** Whether the row has its outcome, so that no run is under way. */
    public boolean hasEnded() {
        return standing.endedAt() != null;
    }

    /** Whether the outcome of this run is recorded already. */
    public boolean knows(String runId) {
        return runs.stream().anyMatch(run -> run.runId().equals(runId));
    }

    EventRow ended(EventRun run, @Nullable String newReport) {
        List<EventRun> all = new ArrayList<>(runs);
        all.add(run);
        return with(due, Standing.of(run, standing.openedAt()), newReport, all, etag);
    }

    EventRow standing(Standing now) {
        return with(due, now, report, runs, etag);
    }

    EventRow dueAt(Instant newDue) {
        return with(newDue, standing, report, runs, etag);
    }

    EventRow stored(String newEtag) {
        return with(due, standing, report, runs, newEtag);
    }

    private EventRow with(
            @Nullable Instant newDue,
            Standing now,
            @Nullable String newReport,
            List<EventRun> newRuns,
            String newEtag) {
        return new EventRow(
                ownerKey,
                userId,
                id,
                bodyHash,
                type,
                source,
                time,
                receivedAt,
                newDue,
                now,
                newReport,
                newRuns,
                newEtag);
    }
}
