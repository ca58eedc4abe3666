package dev.lightning.app.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lightning.activities.housekeeping.HousekeepingActivitiesImpl;
import dev.lightning.providers.blobs.InMemoryBlobStore;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.EventRow;
import dev.lightning.providers.storage.rows.EventRows;
import dev.lightning.providers.storage.rows.EventRun;
import dev.lightning.providers.testing.RealTemporal;
import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.housekeeping.HousekeepingOrder;
import dev.lightning.workflows.housekeeping.HousekeepingReport;
import dev.lightning.workflows.housekeeping.HousekeepingWorkflowImpl;
import dev.lightning.workflows.housekeeping.KeptKind;
import dev.lightning.workflows.housekeeping.Removed;
import dev.lightning.workflows.wire.Wire;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionExecutionStartWorkflow;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleDescription;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PlatformScheduleTest {
    private static final HousekeepingOrder DEFAULTS = new HousekeepingSettings(null, null, null, null, null).order();

    private static RealTemporal temporal;
    private static ScheduleClient schedules;

    @BeforeAll
    static void start() {
        temporal = RealTemporal.start(List.of());
        schedules = schedules(temporal.stubs());
    }

    @AfterAll
    static void stop() {
        if (temporal != null) {
            temporal.close();
        }
    }

    @AfterEach
    void delete() {
        handle().delete();
        await().until(() -> schedules.listSchedules().toList().isEmpty());
    }

    @Test
    void it_is_daily_one_at_a_time_and_makes_up_for_the_last_missed_run() {
        new PlatformSchedule(schedules, PlatformSchedules.housekeeping(DEFAULTS)).ensure();

        Schedule schedule = handle().describe().getSchedule();
        assertThat(schedule.getPolicy().getOverlap()).isEqualTo(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP);
        assertThat(schedule.getPolicy().getCatchupWindow()).isEqualTo(Duration.ofHours(25));
        List<Instant> next = handle().describe().getInfo().getNextActionTimes();
        assertThat(Duration.between(next.get(0), next.get(1))).isEqualTo(Duration.ofDays(1));
        assertThat(order(schedule)).isEqualTo(DEFAULTS);
    }

    @Test
    void a_second_start_leaves_it_alone() {
        new PlatformSchedule(schedules, PlatformSchedules.housekeeping(DEFAULTS)).ensure();
        new PlatformSchedule(schedules, PlatformSchedules.housekeeping(DEFAULTS)).ensure();

        assertThat(handle().describe().getInfo().getLastUpdatedAt()).isNull();
    }

    @Test
    void a_start_with_other_settings_changes_it_and_leaves_a_pause_alone() {
        new PlatformSchedule(schedules, PlatformSchedules.housekeeping(DEFAULTS)).ensure();
        handle().pause("looking into something");
        HousekeepingOrder longer = new HousekeepingSettings(Duration.ofDays(60), null, null, null, null).order();

        new PlatformSchedule(schedules, PlatformSchedules.housekeeping(longer)).ensure();

        ScheduleDescription description = handle().describe();
        assertThat(order(description.getSchedule())).isEqualTo(longer);
        assertThat(description.getSchedule().getState().isPaused()).isTrue();
        assertThat(description.getSchedule().getState().getNote()).isEqualTo("looking into something");
    }

    @Test
    void an_operator_who_triggers_it_gets_a_run_that_says_what_it_removed() {
        InMemoryEntityStore store = new InMemoryEntityStore();
        EventRows rows = new EventRows(store);
        Instant longAgo = Instant.now().minus(Duration.ofDays(31));
        rows.insertIfAbsent(EventRow.received(
                "alice", "alice", "over", "hash", "llm.chat", "test", longAgo, longAgo, null, "RUNNING"));
        rows.recordRun("alice", "over", new EventRun("run", "COMPLETED", null, null, longAgo, longAgo), "{}");
        WorkflowClient client = WorkflowClient.newInstance(
                temporal.stubs(),
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(Wire.plain())
                        .build());
        WorkerFactory factory = WorkerFactory.newInstance(client);
        Worker worker = factory.newWorker(TaskQueues.EVENTS);
        worker.registerWorkflowImplementationTypes(HousekeepingWorkflowImpl.class);
        worker.registerActivitiesImplementations(new HousekeepingActivitiesImpl(store, new InMemoryBlobStore()));
        factory.start();
        try {
            new PlatformSchedule(schedules, PlatformSchedules.housekeeping(DEFAULTS)).ensure();

            handle().trigger();

            await().until(() ->
                    !handle().describe().getInfo().getRecentActions().isEmpty());
            ScheduleActionExecutionStartWorkflow started = (ScheduleActionExecutionStartWorkflow)
                    handle().describe().getInfo().getRecentActions().getFirst().getAction();
            HousekeepingReport report =
                    client.newUntypedWorkflowStub(started.getWorkflowId()).getResult(HousekeepingReport.class);
            assertThat(report.removed())
                    .containsExactly(
                            new Removed(KeptKind.EVENTS, 1),
                            new Removed(KeptKind.EFFECTS, 0),
                            new Removed(KeptKind.MESSAGES, 0),
                            new Removed(KeptKind.SCHEDULES, 0),
                            new Removed(KeptKind.TASKS, 0));
            assertThat(rows.find("alice", "over")).isEmpty();
        } finally {
            factory.shutdownNow();
        }
    }

    @Test
    void without_temporal_it_says_so_and_can_be_tried_again() {
        WorkflowServiceStubs nowhere = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget("127.0.0.1:1")
                .build());
        try {
            PlatformSchedule unreachable =
                    new PlatformSchedule(schedules(nowhere), PlatformSchedules.housekeeping(DEFAULTS));

            assertThatThrownBy(unreachable::ensure).isInstanceOf(StatusRuntimeException.class);
        } finally {
            nowhere.shutdownNow();
        }
        new PlatformSchedule(schedules, PlatformSchedules.housekeeping(DEFAULTS)).ensure();
    }

    private static ScheduleClient schedules(WorkflowServiceStubs stubs) {
        return ScheduleClient.newInstance(
                stubs,
                ScheduleClientOptions.newBuilder()
                        .setDataConverter(Wire.plain())
                        .build());
    }

    private static ScheduleHandle handle() {
        return schedules.getHandle(PlatformSchedules.HOUSEKEEPING);
    }

    private static HousekeepingOrder order(Schedule schedule) {
        return ((ScheduleActionStartWorkflow) schedule.getAction())
                .getArguments()
                .get(0, HousekeepingOrder.class);
    }
}
