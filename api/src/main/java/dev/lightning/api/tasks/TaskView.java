package dev.lightning.api.tasks;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lightning.providers.storage.rows.TaskFiles;
import dev.lightning.providers.storage.rows.TaskRow;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.tools.Approval;
import dev.lightning.workflows.tools.ApprovalDecision;
import dev.lightning.workflows.tools.Proposal;
import dev.lightning.workflows.tools.QueuePlace;
import dev.lightning.workflows.tools.ToolRunProgress;
import dev.lightning.workflows.tools.ToolRunResult;
import dev.lightning.workflows.tools.ToolRunState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run of a tool as clients see it.
 *
 * @param since when it came into its state
 * @param usage what it has cost, absent before its end and where nothing is billed
 * @param approval what was decided about it, absent for a run that needs no approval
 * @param queue how far it is from its turn, absent unless it waits for it, and in lists
 * @param attempts how often what failed last was tried, absent when all goes well, and in lists
 * @param lastError what the last failed attempt said
 * @param logs what was collected of its output, absent before and in lists
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TaskView(
        String taskId,
        String tool,
        String eventId,
        String workflowId,
        String runId,
        ToolRunState state,
        Instant since,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Instant deadline,
        @Nullable Integer exitCode,
        @Nullable UsageView usage,
        @Nullable ReasonView reason,
        @Nullable ApprovalView approval,
        @Nullable QueueView queue,
        @Nullable Integer attempts,
        @Nullable String lastError,
        @Nullable LogsView logs,
        TaskLinks links) {
    /** Why it did not complete, or what ended its program. */
    record ReasonView(String code, String message) {}

    /**
     * What it has cost, in the terms in which it is billed.
     *
     * @param size what it ran on, as the provider calls it
     * @param location where that was
     * @param seconds how long it was held, from its order to the end of its program
     */
    record UsageView(
            @Schema(example = "Standard_D2s_v5") String size,
            @Schema(example = "westeurope") String location,
            long seconds,
            boolean spot) {}

    /**
     * The approval that it needs.
     *
     * @param until when a run that nobody has decided about ends as REJECTED
     * @param decision absent while nobody has decided
     * @param by the user who decided
     * @param proposal what would run, absent in lists and once the run has ended
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ApprovalView(
            Instant until,
            @Nullable ApprovalDecision decision,
            @Nullable String by,
            @Nullable Instant at,
            @Nullable String reason,
            @Nullable ProposalView proposal) {
        ApprovalView proposing(@Nullable Event taken) {
            return new ApprovalView(until, decision, by, at, reason, proposal == null ? null : proposal.with(taken));
        }
    }

    /**
     * What would run.
     *
     * @param event what the program would get, absent while the run does not answer
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ProposalView(
            String runtime,
            @Nullable String image,
            List<String> command,
            boolean network,
            @Nullable ProposedEvent event) {
        ProposalView with(@Nullable Event taken) {
            return new ProposalView(runtime, image, command, network, taken == null ? null : ProposedEvent.of(taken));
        }
    }

    /**
     * The event that a program would get; a call's arguments are in its metadata.
     *
     * @param cut true where {@code metadata} is only the beginning of what the program gets, else absent
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ProposedEvent(
            String id,
            String type,
            String source,
            @Nullable String subject,
            Metadata metadata,
            @Nullable Boolean cut) {
        static ProposedEvent of(Event event) {
            return new ProposedEvent(
                    event.id().value(),
                    event.type(),
                    event.source(),
                    event.subject(),
                    event.metadata(),
                    event.blobRef() == null ? null : Boolean.TRUE);
        }
    }

    /**
     * How far it is from its turn.
     *
     * @param position 1 for the run that is next, among those that wait for the same tool, or have the same
     *     user and a tool that is not paused
     * @param waiting how many of those there are
     * @param running how many runs of the tool there are now
     * @param replicas how many there may be at once, 0 while the tool is paused, absent for as many as there are
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record QueueView(
            int position,
            int waiting,
            int running,
            @Nullable Integer replicas) {}

    /**
     * How many bytes of output are kept, which GetTaskLogs answers. What the program wrote, as far as that is known, are
     * stdoutBytes and stderrBytes of the result.
     *
     * @param stdoutTruncated true where a line in it stands for what is not kept, else absent
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LogsView(
            long stdoutBytes,
            long stderrBytes,
            @Nullable Boolean stdoutTruncated,
            @Nullable Boolean stderrTruncated) {}

    /**
     * Where more of it is.
     *
     * @param event the posted or scheduled event that the run's own comes from; it lists all that it caused
     */
    record TaskLinks(String self, String event, String logs, String artifacts) {}

    static TaskView of(TaskRow row) {
        TaskRow.Standing standing = row.standing();
        return new TaskView(
                row.id(),
                row.tool(),
                row.eventId(),
                row.workflowId(),
                row.runId(),
                ToolRunState.valueOf(standing.state()),
                standing.since(),
                row.createdAt(),
                standing.startedAt(),
                standing.endedAt(),
                standing.deadline(),
                row.exitCode(),
                usage(row.usage()),
                reason(standing.reasonCode(), standing.reasonMessage()),
                approval(standing.approval()),
                null,
                null,
                null,
                logs(row.kept()),
                links(row));
    }

    /** The same where the run itself knows better how far it is; it has not ended. */
    TaskView at(ToolRunProgress now, @Nullable QueuePlace place, TaskRuns.@Nullable Trouble trouble) {
        ToolRunResult result = now.result();
        return new TaskView(
                taskId,
                tool,
                eventId,
                workflowId,
                runId,
                now.state(),
                now.since(),
                createdAt,
                now.startedAt(),
                null,
                now.deadline(),
                exitCode,
                usage,
                result == null || result.reason() == null
                        ? null
                        : reason(result.reason().code(), result.reason().message()),
                approval(now.approval()),
                place == null
                        ? null
                        : new QueueView(place.position(), place.waiting(), place.running(), place.replicas()),
                trouble == null ? null : Integer.valueOf(trouble.attempts()),
                trouble == null ? null : trouble.lastError(),
                logs,
                links);
    }

    /** The same with the event that the run would take. */
    TaskView proposing(@Nullable Event taken) {
        return new TaskView(
                taskId,
                tool,
                eventId,
                workflowId,
                runId,
                state,
                since,
                createdAt,
                startedAt,
                endedAt,
                deadline,
                exitCode,
                usage,
                reason,
                approval == null ? null : approval.proposing(taken),
                queue,
                attempts,
                lastError,
                logs,
                links);
    }

    private static @Nullable UsageView usage(TaskRow.@Nullable Usage stored) {
        return stored == null ? null : new UsageView(stored.size(), stored.location(), stored.seconds(), stored.spot());
    }

    private static @Nullable ReasonView reason(@Nullable String code, @Nullable String message) {
        return code == null ? null : new ReasonView(code, message == null ? "" : message);
    }

    private static @Nullable ApprovalView approval(TaskRow.@Nullable Approval stored) {
        if (stored == null) {
            return null;
        }
        String decision = stored.decision();
        return new ApprovalView(
                stored.until(),
                decision == null ? null : ApprovalDecision.valueOf(decision),
                stored.by(),
                stored.at(),
                stored.reason(),
                null);
    }

    private static @Nullable ApprovalView approval(@Nullable Approval now) {
        if (now == null) {
            return null;
        }
        Proposal proposal = now.proposal();
        return new ApprovalView(
                now.until(),
                now.decision(),
                now.by(),
                now.at(),
                now.reason(),
                new ProposalView(proposal.runtime(), proposal.image(), proposal.command(), proposal.network(), null));
    }

    private static @Nullable LogsView logs(TaskFiles kept) {
        return kept.stdout() == null && kept.stderr() == null
                ? null
                : new LogsView(
                        bytes(kept.stdout()), bytes(kept.stderr()), truncated(kept.stdout()), truncated(kept.stderr()));
    }

    private static @Nullable Boolean truncated(TaskFiles.@Nullable Kept kept) {
        return kept == null ? null : kept.truncated();
    }

    private static long bytes(TaskFiles.@Nullable Kept kept) {
        return kept == null ? 0 : kept.bytes();
    }

    private static TaskLinks links(TaskRow row) {
        String self = "/api/tasks/" + row.id();
        return new TaskLinks(
                self, "/api/events/" + new EventId(row.eventId()).root(), self + "/logs", self + "/artifacts");
    }
}
