package dev.lightning.activities.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.providers.runtime.PullPolicy;
import dev.lightning.providers.runtime.RunLabels;
import dev.lightning.providers.runtime.RunLimits;
import dev.lightning.providers.runtime.RunMachine;
import dev.lightning.providers.runtime.RunRequest;
import dev.lightning.workflows.tools.SweepActivities;
import dev.lightning.workflows.tools.SweepReport;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.testing.TestActivityEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweepActivitiesImplTest {
    private final ScriptedRuntime runtime = new ScriptedRuntime();
    private final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void what_belongs_to_no_open_workflow_is_removed_in_whatever_state_it_is() {
        start("one", "tool-open");
        start("two", "tool-closed");

        SweepActivities sweep = sweep(id -> id.equals("tool-open"));

        assertThat(sweep.sweep()).isEqualTo(new SweepReport(2, 1));
        assertThat(runtime.started).containsOnlyKeys("one");
        assertThat(sweep.sweep()).isEqualTo(new SweepReport(1, 0));
    }

    /** What is only just being stopped refuses to be removed in Azure. */
    @Test
    void what_is_removed_is_not_stopped_for_its_deadline_before() {
        start("one", "tool-open");
        start("two", "tool-closed");

        sweep(id -> id.equals("tool-open")).sweep();

        assertThat(runtime.stoppedWhenOverdue).containsExactly("one");
    }

    @Test
    void what_says_no_workflow_is_removed_without_asking_for_one() {
        start("one", "");

        SweepActivities sweep = sweep(id -> {
            throw new AssertionError("asked for " + id);
        });

        assertThat(sweep.sweep()).isEqualTo(new SweepReport(1, 1));
    }

    @Test
    void one_that_cannot_be_removed_does_not_keep_the_others() {
        List.of("one", "two", "three").forEach(name -> start(name, "tool-closed"));
        runtime.stuck = runtime.runs().getFirst().name();

        assertThatThrownBy(sweep(id -> false)::sweep).hasStackTraceContaining("It cannot be removed");

        assertThat(runtime.started).containsOnlyKeys(runtime.stuck);
    }

    @Test
    void what_takes_its_time_counts_as_removed_only_when_nothing_is_left() {
        start("one", "tool-closed");
        runtime.removals.add(Duration.ofSeconds(5));

        SweepActivities sweep = sweep(id -> false);

        assertThat(sweep.sweep()).isEqualTo(new SweepReport(1, 0));
        assertThat(sweep.sweep()).isEqualTo(new SweepReport(1, 1));
    }

    private SweepActivities sweep(Predicate<String> isOpen) {
        temporal.registerActivitiesImplementations(new SweepActivitiesImpl(List.of(runtime), isOpen));
        return temporal.newActivityStub(
                SweepActivities.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofSeconds(10))
                        .setRetryOptions(
                                RetryOptions.newBuilder().setMaximumAttempts(1).build())
                        .build());
    }

    private void start(String name, String workflowId) {
        runtime.start(new RunRequest(
                name,
                new RunLabels(workflowId, "count", "aliceaaaaaaa"),
                0,
                null,
                PullPolicy.NEVER,
                List.of("true"),
                Map.of(),
                "{}",
                new RunLimits(1, 1, 1, 1, Duration.ofHours(1)),
                false,
                RunMachine.USUAL,
                null));
    }
}
