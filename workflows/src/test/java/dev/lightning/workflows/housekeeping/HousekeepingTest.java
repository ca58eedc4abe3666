package dev.lightning.workflows.housekeeping;

import static dev.lightning.workflows.housekeeping.KeptKind.EFFECTS;
import static dev.lightning.workflows.housekeeping.KeptKind.EVENTS;
import static dev.lightning.workflows.housekeeping.KeptKind.MESSAGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.wire.Wire;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HousekeepingTest {
    private static final HousekeepingOrder ORDER = new HousekeepingOrder(List.of(
            new Retention(EVENTS, Duration.ofDays(30)),
            new Retention(EFFECTS, Duration.ofDays(30)),
            new Retention(MESSAGES, Duration.ofDays(90))));

    private final ScriptedHousekeeping activities = new ScriptedHousekeeping();
    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(Wire.plain())
                            .build())
                    .build());

    @BeforeEach
    void start() {
        Worker worker = temporal.newWorker(TaskQueues.EVENTS);
        worker.registerWorkflowImplementationTypes(HousekeepingWorkflowImpl.class);
        worker.registerActivitiesImplementations(activities);
        temporal.start();
    }

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void every_kind_is_removed_once_its_time_is_over_and_counted() {
        Instant now = Instant.ofEpochMilli(temporal.currentTimeMillis());

        HousekeepingReport report = tidy();

        assertThat(report)
                .isEqualTo(new HousekeepingReport(
                        List.of(new Removed(EVENTS, 7), new Removed(EFFECTS, 7), new Removed(MESSAGES, 7))));
        assertThat(activities.asked).extracting(Expiry::kind).containsExactly(EVENTS, EFFECTS, MESSAGES);
        assertThat(activities.asked.get(0).before()).isBetween(now.minus(Duration.ofDays(30)), later(30));
        assertThat(activities.asked.get(2).before()).isBetween(now.minus(Duration.ofDays(90)), later(90));
    }

    @Test
    void a_store_that_is_away_for_hours_is_waited_for_with_the_same_time_limit() {
        activities.failures.set(20);

        assertThat(tidy().removed()).hasSize(3);

        assertThat(activities.asked.subList(0, 21)).containsOnly(activities.asked.getFirst());
    }

    @Test
    void trouble_with_one_kind_fails_the_run_after_the_others_are_done() {
        activities.broken = EVENTS;

        WorkflowFailedException failed = catchThrowableOfType(WorkflowFailedException.class, this::tidy);

        ApplicationFailure cause = (ApplicationFailure) failed.getCause();
        assertThat(cause.getType()).isEqualTo("Housekeeping.INCOMPLETE");
        assertThat(cause.getOriginalMessage()).isEqualTo("Not finished: [EVENTS]");
        assertThat(cause.getDetails().get(HousekeepingReport.class))
                .isEqualTo(new HousekeepingReport(List.of(new Removed(EFFECTS, 7), new Removed(MESSAGES, 7))));
    }

    private HousekeepingReport tidy() {
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        HousekeepingWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.EVENTS)
                                .build())
                .tidy(ORDER);
    }

    private Instant later(int days) {
        return Instant.ofEpochMilli(temporal.currentTimeMillis()).minus(Duration.ofDays(days));
    }

    /** Removes seven of each kind, unless it is told to have trouble. */
    private static final class ScriptedHousekeeping implements HousekeepingActivities {
        private final List<Expiry> asked = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger failures = new AtomicInteger();
        private volatile KeptKind broken;

        @Override
        public Removed removeExpired(Expiry expiry) {
            asked.add(expiry);
            if (expiry.kind() == broken) {
                throw ApplicationFailure.newNonRetryableFailure("damaged", "test");
            }
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("The store is away");
            }
            return new Removed(expiry.kind(), 7);
        }
    }
}
