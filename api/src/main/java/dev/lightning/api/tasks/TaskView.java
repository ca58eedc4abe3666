package dev.lightning.api.tasks;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lightning.providers.storage.rows.TaskFiles;
import dev.lightning.providers.storage.rows.TaskRow;
import dev.lightning.workflows.tools.ToolRunProgress;
import dev.lightning.workflows.tools.ToolRunResult;
import dev.lightning.workflows.tools.ToolRunState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of a tool as clients see it.
 *
 * @param since when it came into its state
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
        @Nullable ReasonView reason,
        @Nullable LogsView logs,
        TaskLinks links) {
    /** Why it did not complete. */
    record ReasonView(String code, String message) {}

    /** How many bytes of output are kept. */
    record LogsView(long stdoutBytes, long stderrBytes) {}

    /** Where more of it is. */
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
                reason(standing.reasonCode(), standing.reasonMessage()),
                logs(row.kept()),
                links(row));
    }

    /** The same where the run itself knows better how far it is. */
    TaskView at(ToolRunProgress now) {
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
                now.state().isFinal() ? now.since() : null,
                now.deadline(),
                exitCode,
                result == null || result.reason() == null
                        ? null
                        : reason(result.reason().code(), result.reason().message()),
                logs,
                links);
    }

    private static @Nullable ReasonView reason(@Nullable String code, @Nullable String message) {
        return code == null ? null : new ReasonView(code, message == null ? "" : message);
    }

    private static @Nullable LogsView logs(TaskFiles kept) {
        return kept.stdout() == null && kept.stderr() == null
                ? null
                : new LogsView(bytes(kept.stdout()), bytes(kept.stderr()));
    }

    private static long bytes(TaskFiles.@Nullable Kept kept) {
        return kept == null ? 0 : kept.bytes();
    }

    private static TaskLinks links(TaskRow row) {
        String self = "/api/tasks/" + row.id();
        return new TaskLinks(self, "/api/events/" + row.eventId(), self + "/logs", self + "/artifacts");
    }
}
