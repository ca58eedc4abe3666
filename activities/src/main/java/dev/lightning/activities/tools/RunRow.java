package dev.lightning.activities.tools;

import dev.lightning.providers.storage.rows.TaskFiles;
import dev.lightning.providers.storage.rows.TaskFiles.Kept;
import dev.lightning.providers.storage.rows.TaskRow;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.Reason;
import dev.lightning.workflows.tools.Approval;
import dev.lightning.workflows.tools.ApprovalDecision;
import dev.lightning.workflows.tools.TaskBlobs;
import dev.lightning.workflows.tools.TaskId;
import dev.lightning.workflows.tools.ToolRunOrder;
import dev.lightning.workflows.tools.ToolRunProgress;
import dev.lightning.workflows.tools.ToolRunRecord;
import dev.lightning.workflows.tools.ToolRunResult;
import dev.lightning.workflows.tools.ToolRunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says where a run stands as its row: what a list or a look at it shows without a question to its workflow. */
final class RunRow {
    private static final Reason OUT_OF_MEMORY =
            new Reason("tool.out_of_memory", "The memory limit of the tool ended its program");

    private RunRow() {}

    static TaskRow of(ToolRunRecord run) {
        ToolRunOrder order = run.order();
        Event event = order.event();
        return new TaskRow(
                event.owner().key(),
                order.taskId(),
                order.tool().name(),
                event.id().value(),
                TaskId.workflowId(event.owner(), order.taskId()),
                run.runId(),
                run.progress().since(),
                standing(run.progress()),
                exitCode(run.progress().result()),
                files(order, run.progress().result()),
                usage(run.progress().result()));
    }

    /** What was collected is where {@link TaskBlobs} says, in the order in which the result names it. */
    private static TaskFiles files(ToolRunOrder order, @Nullable ToolRunResult result) {
        if (result == null || result.metadata().asMap().isEmpty()) {
            return TaskFiles.NONE;
        }
        TaskBlobs blobs = TaskBlobs.of(order);
        List<TaskFiles.Artifact> artifacts = new ArrayList<>();
        if (result.metadata().get(OutputCollector.ARTIFACTS) instanceof List<?> named) {
            for (Object artifact : named) {
                if (artifact instanceof Map<?, ?> file
                        && file.get("path") instanceof String path
                        && file.get("bytes") instanceof Number bytes) {
                    artifacts.add(new TaskFiles.Artifact(
                            path, new Kept(List.of(blobs.file(artifacts.size())), bytes.longValue())));
                }
            }
        }
        return new TaskFiles(
                artifacts,
                output(blobs.stdout(), OutputCollector.STDOUT, result),
                output(blobs.stderr(), OutputCollector.STDERR, result),
                result.blobRef() == null ? null : result.blobRef().key(),
                result.metadata().get(OutputCollector.ARTIFACTS_DROPPED) instanceof Number dropped
                        ? Integer.valueOf(dropped.intValue())
                        : null);
    }

    /** All that was written is kept, unless the result says how much is. */
    private static Kept output(String blob, String channel, ToolRunResult result) {
        Object truncated = result.metadata().get(channel + OutputCollector.TRUNCATED);
        Object written = result.metadata().get(channel + OutputCollector.BYTES);
        Object kept = result.metadata().get(channel + OutputCollector.KEPT);
        return new Kept(
                List.of(blob),
                (kept == null ? written : kept) instanceof Number bytes ? bytes.longValue() : 0,
                Boolean.TRUE.equals(truncated) ? true : null);
    }

    private static TaskRow.Standing standing(ToolRunProgress progress) {
        Reason reason = reason(progress.result());
        return new TaskRow.Standing(
                progress.state().name(),
                rank(progress.state()),
                progress.state().isFinal(),
                progress.since(),
                progress.startedAt(),
                progress.deadline(),
                reason == null ? null : reason.code(),
                reason == null ? null : reason.message(),
                approval(progress.approval()));
    }

    /** A program that was ended for its memory has done all it could, and its exit code alone does not say so. */
    private static @Nullable Reason reason(@Nullable ToolRunResult result) {
        if (result == null) {
            return null;
        }
        boolean outOfMemory = Boolean.TRUE.equals(result.metadata().get(OutputCollector.OUT_OF_MEMORY));
        return result.reason() == null && outOfMemory ? OUT_OF_MEMORY : result.reason();
    }

    private static TaskRow.@Nullable Approval approval(@Nullable Approval approval) {
        if (approval == null) {
            return null;
        }
        ApprovalDecision decision = approval.decision();
        return new TaskRow.Approval(
                approval.until(),
                decision == null ? null : decision.name(),
                approval.by(),
                approval.at(),
                approval.reason());
    }

    /** The order in which a run passes its states, with room for more; the numbers are stored. */
    private static int rank(ToolRunState state) {
        return switch (state) {
            case REQUESTED -> 0;
            case AWAITING_APPROVAL -> 5;
            case QUEUED -> 10;
            case PROVISIONING -> 20;
            case RUNNING -> 30;
            case COLLECTING -> 40;
            case DEPROVISIONING -> 50;
            case COMPLETED, FAILED, CANCELLED, TIMED_OUT, REJECTED -> 60;
        };
    }

    private static @Nullable Integer exitCode(@Nullable ToolRunResult result) {
        return result != null && result.metadata().get(OutputCollector.EXIT_CODE) instanceof Number code
                ? Integer.valueOf(code.intValue())
                : null;
    }

    private static TaskRow.@Nullable Usage usage(@Nullable ToolRunResult result) {
        return result != null
                        && result.metadata().get(OutputCollector.USAGE) instanceof Map<?, ?> usage
                        && usage.get(OutputCollector.USAGE_SIZE) instanceof String size
                        && usage.get(OutputCollector.USAGE_LOCATION) instanceof String location
                        && usage.get(OutputCollector.USAGE_SECONDS) instanceof Number seconds
                ? new TaskRow.Usage(
                        size, location, seconds.longValue(), Boolean.TRUE.equals(usage.get(OutputCollector.USAGE_SPOT)))
                : null;
    }
}
