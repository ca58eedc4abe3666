package dev.lightning.api.schedules;

import com.google.protobuf.Timestamp;
import dev.lightning.api.admission.Urgency;
import dev.lightning.api.errors.InvalidRequestException;
import dev.lightning.api.events.EventPriority;
import dev.lightning.api.temporal.TemporalCalls;
import dev.lightning.api.temporal.TemporalFailures;
import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventAttributes;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.EventSubmission;
import dev.lightning.workflows.events.EventWorkflow;
import dev.lightning.workflows.events.EventWorkflowId;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.api.workflowservice.v1.ListScheduleMatchingTimesRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleBackfill;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Cron schedules as Temporal Schedules, each of whose runs is an event's workflow. */
public final class TemporalCronSchedules implements CronSchedules {
    private final WorkflowClient client;
    private final ScheduleClient schedules;
    private final @Nullable String modelQueue;

    /**
     * Takes the client that everybody uses; its options go for schedules too.
     *
     * @param modelQueue the task queue of the model calls, null for the workflow's own
     */
    public TemporalCronSchedules(WorkflowClient client, @Nullable String modelQueue) {
        this.client = client;
        this.modelQueue = modelQueue;
        this.schedules = ScheduleClient.newInstance(
                client.getWorkflowServiceStubs(),
                ScheduleClientOptions.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setIdentity(client.getOptions().getIdentity())
                        .setDataConverter(client.getOptions().getDataConverter())
                        .setContextPropagators(client.getOptions().getContextPropagators())
                        .build());
    }

    @Override
    public void create(ScheduleKey key, Event template, Timing.Cron timing) {
        Schedule schedule = Schedule.newBuilder()
                .setAction(action(key, template))
                .setSpec(ScheduleSpec.newBuilder()
                        .setCronExpressions(List.of(timing.temporal()))
                        .setTimeZoneName(timing.reckoningZone())
                        .build())
                .setPolicy(SchedulePolicy.newBuilder()
                        .setOverlap(TemporalCronState.policy(timing.overlap()))
                        .setCatchupWindow(timing.catchUpWindow())
                        .build())
                .build();
        try {
            TemporalCalls.within(
                    TemporalCalls.PATIENCE,
                    () -> schedules.createSchedule(
                            scheduleId(key),
                            schedule,
                            ScheduleOptions.newBuilder().build()));
        } catch (ScheduleAlreadyRunningException repeated) {
            return;
        } catch (ScheduleException refused) {
            throw told(refused, key);
        }
    }

    @Override
    public Optional<CronState> find(ScheduleKey key) {
        try {
            return Optional.of(TemporalCronState.of(
                    key,
                    TemporalCalls.within(
                            TemporalCalls.PATIENCE, () -> handle(key).describe())));
        } catch (ScheduleException refused) {
            if (TemporalFailures.isNotFound(refused)) {
                return Optional.empty();
            }
            throw told(refused, key);
        }
    }

    @Override
    public void pause(ScheduleKey key, String reason) {
        change(key, () -> handle(key).pause(reason));
    }

    @Override
    public void resume(ScheduleKey key, String note) {
        change(key, () -> handle(key).unpause(note));
    }

    @Override
    public void trigger(ScheduleKey key) {
        change(key, () -> handle(key).trigger());
    }

    @Override
    public List<Instant> timesBetween(ScheduleKey key, Instant from, Instant to) {
        ListScheduleMatchingTimesRequest request = ListScheduleMatchingTimesRequest.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .setScheduleId(scheduleId(key))
                .setStartTime(proto(from.minusMillis(1)))
                .setEndTime(proto(to))
                .build();
        return asked(
                key,
                () ->
                        client
                                .getWorkflowServiceStubs()
                                .blockingStub()
                                .listScheduleMatchingTimes(request)
                                .getStartTimeList()
                                .stream()
                                .map(time -> Instant.ofEpochSecond(time.getSeconds(), time.getNanos()))
                                .toList());
    }

    @Override
    public void backfill(ScheduleKey key, Instant from, Instant to) {
        ScheduleBackfill range =
                new ScheduleBackfill(from, to, ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL);
        change(key, () -> handle(key).backfill(List.of(range)));
    }

    @Override
    public void delete(ScheduleKey key) {
        try {
            TemporalCalls.within(TemporalCalls.PATIENCE, () -> {
                handle(key).delete();
                return key;
            });
        } catch (ScheduleException refused) {
            if (!TemporalFailures.isNotFound(refused)) {
                throw told(refused, key);
            }
        }
    }

    /** Summary and details come together: SDK 1.38 cannot describe a schedule that has the one without the other. */
    private ScheduleActionStartWorkflow action(ScheduleKey key, Event template) {
        return ScheduleActionStartWorkflow.newBuilder()
                .setWorkflowType(EventWorkflow.class)
                .setOptions(WorkflowOptions.newBuilder()
                        .setWorkflowId(EventWorkflowId.ofRuns(key.owner(), key.id()))
                        .setTaskQueue(TaskQueues.EVENTS)
                        .setTypedSearchAttributes(EventAttributes.atStart(template, EventStatus.RUNNING))
                        .setPriority(EventPriority.of(key.owner(), Urgency.BATCH))
                        .setStaticSummary(
                                template.type() + " from " + template.owner().userId())
                        .setStaticDetails("Run of the cron schedule " + key.id())
                        .build())
                .setArguments(new EventSubmission(template, null, key.id(), modelQueue, true))
                .build();
    }

    private ScheduleHandle handle(ScheduleKey key) {
        return schedules.getHandle(scheduleId(key));
    }

    private void change(ScheduleKey key, Runnable changing) {
        asked(key, () -> {
            changing.run();
            return key;
        });
    }

    private static <T> T asked(ScheduleKey key, Supplier<T> call) {
        try {
            return TemporalCalls.within(TemporalCalls.PATIENCE, call);
        } catch (ScheduleException | StatusRuntimeException refused) {
            throw told(refused, key);
        }
    }

    /** What the caller can change is said as such, everything else stays as it is. */
    private static RuntimeException told(RuntimeException refused, ScheduleKey key) {
        if (TemporalFailures.isNotFound(refused)) {
            return Schedules.notFound(key);
        }
        return TemporalFailures.code(refused) == Status.Code.INVALID_ARGUMENT
                ? new InvalidRequestException(
                        "cron", "is not taken by Temporal: " + TemporalFailures.description(refused))
                : refused;
    }

    private static Timestamp proto(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    private static String scheduleId(ScheduleKey key) {
        return "schedule-" + key.owner().key() + "-" + key.id();
    }
}
