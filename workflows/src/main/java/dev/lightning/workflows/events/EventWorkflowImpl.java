package dev.lightning.workflows.events;

import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The story of an event: wait until it is due, handle it and all that it causes in order, and leave a report. */
public final class EventWorkflowImpl implements EventWorkflow {
    /** How long a chain of events may become before it is taken for a loop. */
    public static final int MAX_HOPS = 16;

    /** What marks that runs of schedules from before there were tools ask for tools too. */
    private static final String TOOLS = "tools";

    private final List<EventHandler> handlers;
    private final Supplier<EventTaker.Registry> tools;
    private final StoreCalls<EventActivities> store = new StoreCalls<>(EventActivities.class);

    private @Nullable EventChain chain;
    private EventStatus status = EventStatus.RUNNING;
    private @Nullable Reason reason;
    private @Nullable Instant due;
    private boolean calledOff;

    /** False only for an update that comes with the very first task, and so before the event itself. */
    private boolean known;

    /** Takes what is built in, and how to ask for registered tools in a workflow's thread. */
    public EventWorkflowImpl(List<EventHandler> handlers, Supplier<EventTaker.Registry> tools) {
        this.handlers = List.copyOf(handlers);
        this.tools = tools;
    }

    @Override
    public EventOutcome handle(EventSubmission submission) {
        Instant startedAt = now();
        Event root = arrive(submission);
        TemporalFailure cancelled = null;
        try {
            if (submission.scheduleId() != null) {
                store.tell(records -> records.recordArrival(root));
            }
            status = untilDue(root, submission.due()) ? follow(root, submission) : EventStatus.CANCELLED;
        } catch (TemporalFailure failure) {
            if (Failures.isCancellation(failure)) {
                cancelled = failure;
                status = EventStatus.CANCELLED;
            } else {
                fail(Failures.reason(failure));
            }
        } catch (RuntimeException | AssertionError | StackOverflowError | LinkageError defect) {
            fail(Failures.ofDefect(defect));
        }
        end(root, startedAt);
        if (cancelled != null) {
            throw cancelled;
        }
        return new EventOutcome(status, reason);
    }

    @Override
    public EventReport progress() {
        return chain == null
                ? new EventReport(status, reason, due, List.of(), List.of())
                : new EventReport(status, reason, due, chain.emitted(), chain.steps());
    }

    @Override
    public void reschedule(Instant newDue) {
        Workflow.await(() -> known);
        requireNotStarted();
        due = newDue;
    }

    @Override
    public void mayReschedule(Instant newDue) {
        requireNotStarted();
    }

    @Override
    public void cancel() {
        Workflow.await(() -> known);
        requireNotStarted();
        calledOff = true;
    }

    @Override
    public void mayCancel() {
        requireNotStarted();
    }

    private void requireNotStarted() {
        if (known && (status != EventStatus.SCHEDULED || calledOff)) {
            throw ApplicationFailure.newNonRetryableFailure("The event is no longer waiting", "Event.STARTED");
        }
    }

    /** For a run of a cron schedule, the template becomes an event whose id is the one Temporal gave the run. */
    private static Event arrive(EventSubmission submission) {
        String scheduleId = submission.scheduleId();
        return scheduleId == null ? submission.event() : ScheduledRun.of(submission.event(), scheduleId);
    }

    /** Sleeps until the event is due, however often that moves; false when it was called off. */
    private boolean untilDue(Event root, @Nullable Instant firstDue) {
        if (firstDue == null) {
            known = true;
            return true;
        }
        due = firstDue;
        turn(root, EventStatus.SCHEDULED);
        known = true;
        for (Instant waitingFor = due; !calledOff && waitingFor.isAfter(now()); waitingFor = due) {
            Instant target = waitingFor;
            Workflow.await(Duration.between(now(), target), () -> calledOff || !target.equals(due));
        }
        if (!calledOff) {
            turn(root, EventStatus.RUNNING);
            Workflow.upsertTypedSearchAttributes(EventAttributes.STATUS.valueSet(status.name()));
        }
        return !calledOff;
    }

    private EventStatus follow(Event root, EventSubmission submission) {
        EventTaker.Registry registry = asksTools(submission) ? tools.get() : _ -> List.of();
        EventChain followed = new EventChain(handlers, submission, registry, () -> turn(root, status));
        chain = followed;
        return followed.follow(root) ? EventStatus.COMPLETED : EventStatus.UNROUTED;
    }

    private static boolean asksTools(EventSubmission submission) {
        Boolean tools = submission.tools();
        return tools == null
                ? submission.scheduleId() != null
                        && Workflow.getVersion(TOOLS, Workflow.DEFAULT_VERSION, 1) > Workflow.DEFAULT_VERSION
                : tools;
    }

    private void fail(Reason why) {
        status = EventStatus.FAILED;
        reason = why;
    }

    private void end(Event root, Instant startedAt) {
        turn(root, status);
        RunRecord run =
                new RunRecord(root.owner(), root.id(), Workflow.getInfo().getRunId(), startedAt, now(), progress());
        Workflow.newDetachedCancellationScope(() -> store.tell(records -> records.recordOutcome(run)))
                .run();
        Workflow.upsertTypedSearchAttributes(EventAttributes.STATUS.valueSet(status.name()));
    }

    private void turn(Event root, EventStatus now) {
        status = now;
        Workflow.setCurrentDetails(EventDetails.markdown(root, progress()));
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }
}
