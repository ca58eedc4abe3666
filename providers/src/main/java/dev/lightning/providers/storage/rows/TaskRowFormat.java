package dev.lightning.providers.storage.rows;

import dev.lightning.providers.storage.Entity;
import dev.lightning.providers.storage.Properties;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How a task is laid out in the store: a row found by id and one that keeps the newest first. */
final class TaskRowFormat {
    static final String NEWEST_FIRST = "i:";

    private static final long VERSION = 1;
    private static final long LAST_MILLI = 9_999_999_999_999L;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TaskRowFormat() {}

    static String pointKey(String id) {
        return "t:" + id;
    }

    /** Sorts by the time of creation backwards, then by id. */
    static String indexKey(TaskRow row) {
        return NEWEST_FIRST + backwards(row.createdAt()) + ":" + row.id();
    }

    private static String backwards(Instant time) {
        return String.format(Locale.ROOT, "%013d", LAST_MILLI - time.toEpochMilli());
    }

    static Properties written(TaskRow row) {
        TaskRow.Standing standing = row.standing();
        TaskRow.Approval approval = standing.approval();
        TaskRow.Usage usage = row.usage();
        return Properties.format(VERSION)
                .put("id", row.id())
                .put("tool", row.tool())
                .put("eventId", row.eventId())
                .put("workflowId", row.workflowId())
                .put("runId", row.runId())
                .put("createdAt", row.createdAt())
                .put("state", standing.state())
                .put("rank", (long) standing.rank())
                .put("ended", standing.ended())
                .put("since", standing.since())
                .put("startedAt", standing.startedAt())
                .put("deadline", standing.deadline())
                .put("reasonCode", standing.reasonCode())
                .put("reasonMessage", standing.reasonMessage())
                .put("approvalUntil", approval == null ? null : approval.until())
                .put("approvalDecision", approval == null ? null : approval.decision())
                .put("approvalBy", approval == null ? null : approval.by())
                .put("approvalAt", approval == null ? null : approval.at())
                .put("approvalReason", approval == null ? null : approval.reason())
                .put("exitCode", row.exitCode() == null ? null : row.exitCode().longValue())
                .put("kept", row.kept().hasNothing() ? null : JSON.writeValueAsString(row.kept()))
                .put("usageSize", usage == null ? null : usage.size())
                .put("usageLocation", usage == null ? null : usage.location())
                .put("usageSeconds", usage == null ? null : usage.seconds())
                .put("usageSpot", usage == null ? null : usage.spot())
                .build();
    }

    static TaskRow read(Entity entity) {
        Properties stored = entity.properties();
        String kept = stored.text("kept");
        return new TaskRow(
                entity.partition(),
                stored.requireText("id"),
                stored.requireText("tool"),
                stored.requireText("eventId"),
                stored.requireText("workflowId"),
                stored.requireText("runId"),
                stored.requireInstant("createdAt"),
                standing(stored),
                exitCode(stored.number("exitCode")),
                kept == null ? TaskFiles.NONE : JSON.readValue(kept, TaskFiles.class),
                usage(stored));
    }

    private static TaskRow.Standing standing(Properties stored) {
        return new TaskRow.Standing(
                stored.requireText("state"),
                Math.toIntExact(stored.requireNumber("rank")),
                Boolean.TRUE.equals(stored.flag("ended")),
                stored.requireInstant("since"),
                stored.instant("startedAt"),
                stored.instant("deadline"),
                stored.text("reasonCode"),
                stored.text("reasonMessage"),
                approval(stored));
    }

    private static TaskRow.@Nullable Approval approval(Properties stored) {
        Instant until = stored.instant("approvalUntil");
        return until == null
                ? null
                : new TaskRow.Approval(
                        until,
                        stored.text("approvalDecision"),
                        stored.text("approvalBy"),
                        stored.instant("approvalAt"),
                        stored.text("approvalReason"));
    }

    private static TaskRow.@Nullable Usage usage(Properties stored) {
        String size = stored.text("usageSize");
        return size == null
                ? null
                : new TaskRow.Usage(
                        size,
                        stored.requireText("usageLocation"),
                        stored.requireNumber("usageSeconds"),
                        Boolean.TRUE.equals(stored.flag("usageSpot")));
    }

    private static @Nullable Integer exitCode(@Nullable Long stored) {
        return stored == null ? null : Integer.valueOf(Math.toIntExact(stored));
    }
}
