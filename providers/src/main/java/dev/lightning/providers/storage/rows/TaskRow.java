package dev.lightning.providers.storage.rows;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the store keeps of one run of a tool, so that it can be listed and looked at without asking Temporal.
 *
 * @param ownerKey whose event started it, who need not be the owner of the tool
 * @param runId the run of the workflow that the standing is about
 * @param createdAt when the first run was first heard of; keeps the task's place in the list
 * @param kept what was collected, empty before and in lists
 * @param usage what it has cost, null before its end and where nothing is billed
 */
public record TaskRow(
        String ownerKey,
        String id,
        String tool,
        String eventId,
        String workflowId,
        String runId,
        Instant createdAt,
        Standing standing,
        @Nullable Integer exitCode,
        TaskFiles kept,
        @Nullable Usage usage) {
    /** A run that costs nothing. */
    public TaskRow(
            String ownerKey,
            String id,
            String tool,
            String eventId,
            String workflowId,
            String runId,
            Instant createdAt,
            Standing standing,
            @Nullable Integer exitCode,
            TaskFiles kept) {
        this(ownerKey, id, tool, eventId, workflowId, runId, createdAt, standing, exitCode, kept, null);
    }

    /**
     * Where the run stands.
     *
     * @param rank orders states that a run passes at the same moment; a later state has a larger one
     * @param ended whether the state is final
     * @param since when it came into this state
     * @param startedAt when its program started, null before
     * @param deadline when it is ended at the latest, null before it has started
     * @param approval what was decided about it, null for a run that needs no approval
     */
    public record Standing(
            String state,
            int rank,
            boolean ended,
            Instant since,
            @Nullable Instant startedAt,
            @Nullable Instant deadline,
            @Nullable String reasonCode,
            @Nullable String reasonMessage,
            @Nullable Approval approval) {
        /** A run that needs no approval. */
        public Standing(
                String state,
                int rank,
                boolean ended,
                Instant since,
                @Nullable Instant startedAt,
                @Nullable Instant deadline,
                @Nullable String reasonCode,
                @Nullable String reasonMessage) {
            this(state, rank, ended, since, startedAt, deadline, reasonCode, reasonMessage, null);
        }

        /** The same with the deadline of what was told before, where the program is the same and was given more time. */
        Standing notBefore(Standing before) {
            Instant extended = before.deadline;
            boolean sameProgram = startedAt != null
                    && before.startedAt != null
                    && startedAt.toEpochMilli() == before.startedAt.toEpochMilli();
            return sameProgram && deadline != null && extended != null && extended.isAfter(deadline)
                    ? until(extended)
                    : this;
        }

        Standing until(Instant later) {
            return new Standing(state, rank, ended, since, startedAt, later, reasonCode, reasonMessage, approval);
        }

        /** When the run ended, null while it has not. */
        public @Nullable Instant endedAt() {
            return ended ? since : null;
        }
    }

    /**
     * The approval that a run needs.
     *
     * @param until when a run that nobody has decided about ends
     * @param decision {@code APPROVED} or {@code REJECTED}, null while nobody has decided
     * @param by the id of the user who decided
     * @param reason why, in that user's words
     */
    public record Approval(
            Instant until,
            @Nullable String decision,
            @Nullable String by,
            @Nullable Instant at,
            @Nullable String reason) {}

    /**
     * What a run has cost, in the terms in which it is billed.
     *
     * @param size what it ran on, as the provider calls it
     * @param location where that was
     * @param seconds how long it was held, from its order to the end of its program
     */
    public record Usage(String size, String location, long seconds, boolean spot) {}

    public String state() {
        return standing.state();
    }

    /**
     * Whether this, told later, is news after what is stored: of the same run never a state before the stored one, and
     * nothing of a run before the stored one.
     */
    boolean isNewsAfter(TaskRow stored) {
        Standing before = stored.standing;
        if (runId.equals(stored.runId) && before.ended() != standing.ended()) {
            return standing.ended();
        }
        int later = Long.compare(standing.since().toEpochMilli(), before.since().toEpochMilli());
        return later > 0 || (later == 0 && (!runId.equals(stored.runId) || standing.rank() >= before.rank()));
    }

    /** Takes over what the same run has brought before, and the place in the list. */
    TaskRow after(TaskRow stored) {
        boolean sameRun = runId.equals(stored.runId);
        return new TaskRow(
                ownerKey,
                id,
                tool,
                eventId,
                workflowId,
                runId,
                stored.createdAt,
                sameRun ? standing.notBefore(stored.standing) : standing,
                exitCode == null && sameRun ? stored.exitCode : exitCode,
                kept.hasNothing() && sameRun ? stored.kept : kept,
                usage == null && sameRun ? stored.usage : usage);
    }

    boolean runsUntilBefore(Instant other) {
        Instant deadline = standing.deadline();
        return !standing.ended() && deadline != null && deadline.isBefore(other);
    }

    TaskRow until(Instant deadline) {
        return new TaskRow(
                ownerKey,
                id,
                tool,
                eventId,
                workflowId,
                runId,
                createdAt,
                standing.until(deadline),
                exitCode,
                kept,
                usage);
    }

    TaskRow keeping(TaskFiles files) {
        return new TaskRow(ownerKey, id, tool, eventId, workflowId, runId, createdAt, standing, exitCode, files, usage);
    }

    /** The same run without what only a look at this one task needs. */
    TaskRow listed() {
        return keeping(TaskFiles.NONE);
    }

    /** Every blob that belongs to it. */
    public List<String> blobs() {
        return kept.blobs();
    }
}
