package dev.lightning.providers.storage.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.blobs.InMemoryBlobStore;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.rows.TaskFiles.Artifact;
import dev.lightning.providers.storage.rows.TaskFiles.Kept;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the rows of runs promise on every store. */
public abstract class TaskRowsContract {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123Z");
    private static final TaskFiles FILES = new TaskFiles(
            List.of(new Artifact("out/Größe 1.txt", new Kept(List.of("a/0", "a/1"), 12))),
            new Kept(List.of("o/0"), 7, true),
            new Kept(List.of(), 0),
            "r/result.json",
            2_900);

    protected abstract EntityStore store();

    @Test
    void what_ended_long_ago_goes_with_its_blobs_and_what_runs_or_is_fresh_stays() {
        InMemoryBlobStore blobs = new InMemoryBlobStore();
        TaskRows rows = new TaskRows(store());
        for (String id : List.of("old.count", "open.count", "fresh.count")) {
            boolean open = id.startsWith("open");
            Instant since = id.startsWith("fresh") ? NOON.plusSeconds(60) : NOON.minusSeconds(60);
            rows.record(new TaskRow(
                    "alice",
                    id,
                    "count",
                    "one",
                    "tool-alice-" + id,
                    "r1",
                    NOON.minusSeconds(90),
                    new TaskRow.Standing(open ? "RUNNING" : "COMPLETED", 7, !open, since, null, null, null, null),
                    0,
                    TaskFiles.NONE));
        }
        rows.keep("alice", "old.count", "r1", FILES);
        FILES.blobs().forEach(key -> blobs.put(key, new byte[1]));
        blobs.put("another", new byte[1]);

        ExpiredRows.Removal removal = new ExpiredTasks(store(), blobs).remove("alice", NOON, null);

        assertThat(removal.removed()).isEqualTo(1);
        assertThat(rows.find("alice", "old.count")).isEmpty();
        assertThat(rows.list("alice", _ -> true, null, 10).rows())
                .extracting(TaskRow::id)
                .containsExactlyInAnyOrder("open.count", "fresh.count");
        assertThat(blobs.keys()).containsExactly("another");
    }

    @Test
    void a_task_comes_back_as_it_was_told() {
        TaskRows rows = new TaskRows(store());
        TaskRow row = new TaskRow(
                "alice",
                "one.count",
                "count",
                "one",
                "tool-alice-one.count",
                "r1",
                NOON,
                new TaskRow.Standing(
                        "FAILED",
                        7,
                        true,
                        NOON.plusSeconds(9),
                        NOON.plusSeconds(1),
                        NOON.plusSeconds(600),
                        "tool.lost",
                        "It is gone"),
                137,
                FILES,
                new TaskRow.Usage("Standard_B2s", "westeurope", 95, true));

        assertThat(rows.record(row)).isTrue();

        assertThat(rows.find("alice", "one.count")).contains(row);
        assertThat(row.standing().endedAt()).isEqualTo(NOON.plusSeconds(9));
        assertThat(row.blobs()).containsExactly("a/0", "a/1", "o/0", "r/result.json");
        assertThat(rows.find("bob", "one.count")).isEmpty();
        assertThat(listed(rows)).singleElement().isEqualTo(row.listed());
    }

    @Test
    void an_approval_comes_back_decided_or_not() {
        TaskRows rows = new TaskRows(store());
        TaskRow.Approval wanted = new TaskRow.Approval(NOON.plusSeconds(600), null, null, null, null);
        TaskRow.Approval decided =
                new TaskRow.Approval(NOON.plusSeconds(600), "REJECTED", "bob", NOON.plusSeconds(9), "Too dear");

        rows.record(row("r1", approval("AWAITING_APPROVAL", 0, NOON, wanted), null));
        assertThat(listed(rows))
                .singleElement()
                .satisfies(listed -> assertThat(listed.standing().approval()).isEqualTo(wanted));
        rows.record(row("r1", approval("REJECTED", 6, NOON.plusSeconds(9), decided), null));

        assertThat(rows.find("alice", "one.count").orElseThrow().standing().approval())
                .isEqualTo(decided);
    }

    private static TaskRow.Standing approval(String state, int rank, Instant since, TaskRow.Approval approval) {
        return new TaskRow.Standing(state, rank, rank == 6, since, null, null, null, null, approval);
    }

    @Test
    void a_repeat_changes_nothing_and_what_comes_too_late_is_left_aside() {
        TaskRows rows = new TaskRows(store());
        rows.record(row("r1", "REQUESTED", 0, NOON));
        rows.record(row("r1", "RUNNING", 3, NOON.plusSeconds(5)));

        assertThat(rows.record(row("r1", "RUNNING", 3, NOON.plusSeconds(5)))).isTrue();
        assertThat(rows.record(row("r1", "REQUESTED", 0, NOON))).isFalse();
        assertThat(rows.record(row("r1", "PROVISIONING", 2, NOON.plusSeconds(5))))
                .isFalse();

        assertThat(state(rows)).isEqualTo("RUNNING");
        assertThat(rows.record(ended("r1", NOON.plusSeconds(5)))).isTrue();
        assertThat(rows.record(row("r1", "DEPROVISIONING", 5, NOON.plusSeconds(60))))
                .isFalse();
        assertThat(state(rows)).isEqualTo("COMPLETED");
        assertThat(listed(rows)).singleElement().satisfies(listed -> {
            assertThat(listed.state()).isEqualTo("COMPLETED");
            assertThat(listed.createdAt()).isEqualTo(NOON);
        });
    }

    @Test
    void another_run_takes_over_and_an_earlier_one_does_not_come_back() {
        TaskRows rows = new TaskRows(store());
        rows.record(row("r1", "REQUESTED", 0, NOON));
        rows.keep("alice", "one.count", "r1", FILES);
        rows.record(ended("r1", NOON.plusSeconds(5)));

        assertThat(rows.record(row("r2", "REQUESTED", 0, NOON.plusSeconds(10)))).isTrue();
        assertThat(rows.record(ended("r1", NOON.plusSeconds(5)))).isFalse();

        TaskRow now = rows.find("alice", "one.count").orElseThrow();
        assertThat(now.runId()).isEqualTo("r2");
        assertThat(now.state()).isEqualTo("REQUESTED");
        assertThat(now.createdAt()).isEqualTo(NOON);
        assertThat(now.kept()).isEqualTo(TaskFiles.NONE);
        assertThat(now.exitCode()).isNull();
        assertThat(listed(rows)).hasSize(1);
    }

    @Test
    void what_was_collected_stays_while_states_are_told() {
        TaskRows rows = new TaskRows(store());
        assertThat(rows.keep("alice", "one.count", "r1", FILES)).isFalse();
        rows.record(row("r1", "COLLECTING", 4, NOON));

        assertThat(rows.keep("alice", "one.count", "r1", FILES)).isTrue();
        assertThat(rows.keep("alice", "one.count", "r0", TaskFiles.NONE)).isFalse();
        rows.record(ended("r1", NOON.plusSeconds(1)));

        TaskRow now = rows.find("alice", "one.count").orElseThrow();
        assertThat(now.state()).isEqualTo("COMPLETED");
        assertThat(now.exitCode()).isZero();
        assertThat(now.kept()).isEqualTo(FILES);
        assertThat(listed(rows))
                .singleElement()
                .satisfies(listed -> assertThat(listed.kept()).isEqualTo(TaskFiles.NONE));
    }

    @Test
    void more_time_shows_everywhere_and_is_not_taken_back_by_what_was_told_before() {
        TaskRows rows = new TaskRows(store());
        TaskRow running = row("r1", running(NOON.plusSeconds(1)), null);
        Instant later = NOON.plusSeconds(1_200);
        rows.record(running);

        assertThat(rows.extend(running, later)).isTrue();
        assertThat(rows.extend(running, NOON.plusSeconds(900))).isFalse();
        rows.record(running);

        assertThat(rows.find("alice", "one.count").orElseThrow().standing().deadline())
                .isEqualTo(later);
        assertThat(listed(rows))
                .singleElement()
                .satisfies(listed -> assertThat(listed.standing().deadline()).isEqualTo(later));
        rows.record(row("r1", running(NOON.plusSeconds(60)), null));
        assertThat(rows.find("alice", "one.count").orElseThrow().standing().deadline())
                .isEqualTo(NOON.plusSeconds(660));
        rows.record(ended("r1", NOON.plusSeconds(90)));
        assertThat(rows.extend(running, later)).isFalse();
    }

    private static TaskRow.Standing running(Instant startedAt) {
        return new TaskRow.Standing("RUNNING", 3, false, startedAt, startedAt, startedAt.plusSeconds(600), null, null);
    }

    @Test
    void a_list_is_newest_first_and_goes_on_where_it_stopped() {
        TaskRows rows = new TaskRows(store());
        for (int second = 0; second < 5; second++) {
            TaskRow row = row("r", second % 2 == 0 ? "RUNNING" : "QUEUED", 3, NOON.plusSeconds(second));
            rows.record(new TaskRow(
                    "alice",
                    "e" + second + ".count",
                    "count",
                    "e" + second,
                    "w" + second,
                    "r",
                    NOON.plusSeconds(second),
                    row.standing(),
                    null,
                    TaskFiles.NONE));
        }

        TaskRows.Listed first = rows.list("alice", row -> row.state().equals("RUNNING"), null, 2);
        TaskRows.Listed second = rows.list("alice", row -> row.state().equals("RUNNING"), first.nextRow(), 2);

        assertThat(first.rows()).extracting(TaskRow::eventId).containsExactly("e4", "e2");
        assertThat(second.rows()).extracting(TaskRow::eventId).containsExactly("e0");
        assertThat(second.nextRow()).isNull();
    }

    private static TaskRow row(String runId, String state, int rank, Instant since) {
        return row(runId, new TaskRow.Standing(state, rank, false, since, null, null, null, null), null);
    }

    private static TaskRow ended(String runId, Instant since) {
        return row(runId, new TaskRow.Standing("COMPLETED", 6, true, since, since, null, null, null), 0);
    }

    private static TaskRow row(String runId, TaskRow.Standing standing, Integer exitCode) {
        return new TaskRow(
                "alice",
                "one.count",
                "count",
                "one",
                "tool-alice-one.count",
                runId,
                standing.since(),
                standing,
                exitCode,
                TaskFiles.NONE);
    }

    private static String state(TaskRows rows) {
        return rows.find("alice", "one.count").orElseThrow().state();
    }

    private static List<TaskRow> listed(TaskRows rows) {
        return rows.list("alice", row -> true, null, 10).rows();
    }
}
