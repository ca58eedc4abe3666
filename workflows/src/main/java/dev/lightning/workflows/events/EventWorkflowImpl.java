package dev.lightning.workflows.events;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.worker.NonDeterministicException;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The story of an event: wait until it is due, handle it and all that it causes in order, and leave a report. */
public final class EventWorkflowImpl implements EventWorkflow {
    /** How long a chain of events may become before it is taken for a loop. */
    public static final int MAX_HOPS = 16;

    private static final Reason DEFECT =
            new Reason("internal", "A defect in the platform ended this event; the operator's log says more");

    private static final Logger log = Workflow.getLogger(EventWorkflowImpl.class);

    private final List<EventHandler> handlers;
    private final EventActivities atOnce =
            Workflow.newLocalActivityStub(EventActivities.class, EventPolicy.RECORD_AT_ONCE);
    private final EventActivities eventually =
            Workflow.newActivityStub(EventActivities.class, EventPolicy.RECORD_EVENTUALLY);

    private final List<Event> chain = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private EventStatus status = EventStatus.RUNNING;
    private @Nullable Reason reason;
    private @Nullable Instant due;
    private boolean calledOff;

    public EventWorkflowImpl(List<EventHandler> handlers) {
        this.handlers = List.copyOf(handlers);
    }

    @Override
    public EventOutcome handle(EventSubmission submission) {
        Instant startedAt = now();
        Event root = arrive(submission);
        TemporalFailure cancelled = null;
        try {
            if (submission.scheduleId() != null) {
                record(records -> records.recordArrival(root));
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
            passOnNonDeterminism(defect);
            log.error("event=workflow.defect workflow={}", Workflow.getInfo().getWorkflowId(), defect);
            fail(DEFECT);
        }
        end(root, startedAt);
        if (cancelled != null) {
            throw cancelled;
        }
        return new EventOutcome(status, reason);
    }

    @Override
    public EventReport progress() {
        return new EventReport(status, reason, due, chain, steps);
    }

    @Override
    public void reschedule(Instant newDue) {
        due = newDue;
    }

    @Override
    public void mayReschedule(Instant newDue) {
        requireNotStarted();
    }

    @Override
    public void cancel() {
        calledOff = true;
    }

    @Override
    public void mayCancel() {
        requireNotStarted();
    }

    private void requireNotStarted() {
        if (status != EventStatus.SCHEDULED || calledOff) {
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
            return true;
        }
        due = firstDue;
        turn(root, EventStatus.SCHEDULED);
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
        Deque<Event> waiting = new ArrayDeque<>();
        waiting.add(root);
        boolean routed = false;
        while (!waiting.isEmpty()) {
            Event event = waiting.remove();
            if (event.hop() > MAX_HOPS) {
                throw ApplicationFailure.newNonRetryableFailure(
                        "The event caused a chain of more than " + MAX_HOPS + " events, which looks like a loop",
                        "hops.exceeded");
            }
            Optional<EventHandler> handler = handlerOf(event);
            if (handler.isPresent()) {
                routed = true;
                waiting.addAll(run(root, handler.get(), event, submission));
            }
        }
        return routed ? EventStatus.COMPLETED : EventStatus.UNROUTED;
    }

    private Optional<EventHandler> handlerOf(Event event) {
        return handlers.stream()
                .filter(handler -> handler.handles(event.type()))
                .findFirst();
    }

    private List<Event> run(Event root, EventHandler handler, Event event, EventSubmission submission) {
        int at = steps.size();
        Step started = Step.started(handler.step(), event.id(), now());
        steps.add(started);
        turn(root, EventStatus.RUNNING);
        try {
            Handled handled = handler.handle(event, submission);
            steps.set(at, started.ended(handled.state(), handled.attempts(), now()));
            return handled.emissions().stream()
                    .map(emission -> emit(event, emission))
                    .toList();
        } catch (TemporalFailure failure) {
            StepState state = Failures.isCancellation(failure) ? StepState.CANCELLED : StepState.FAILED;
            steps.set(at, started.ended(state, Failures.attempts(failure), now()));
            throw failure;
        } catch (RuntimeException | AssertionError | StackOverflowError | LinkageError defect) {
            steps.set(at, started.ended(StepState.FAILED, new Attempts(1, DEFECT.message()), now()));
            throw defect;
        }
    }

    private Event emit(Event cause, Emission emission) {
        Event emitted = cause.emit(chain.size() + 1, emission, now());
        chain.add(emitted);
        return emitted;
    }

    private void fail(Reason why) {
        status = EventStatus.FAILED;
        reason = why;
    }

    private void end(Event root, Instant startedAt) {
        turn(root, status);
        RunRecord run =
                new RunRecord(root.owner(), root.id(), Workflow.getInfo().getRunId(), startedAt, now(), progress());
        Workflow.newDetachedCancellationScope(() -> record(records -> records.recordOutcome(run)))
                .run();
        Workflow.upsertTypedSearchAttributes(EventAttributes.STATUS.valueSet(status.name()));
    }

    /** Locally first, which costs no history; through the server where that fails, which outlasts any outage. */
    private void record(Consumer<EventActivities> writing) {
        try {
            writing.accept(atOnce);
        } catch (ActivityFailure failure) {
            if (Failures.isCancellation(failure) && CancellationScope.current().isCancelRequested()) {
                throw failure;
            }
            writing.accept(eventually);
        }
    }

    private void turn(Event root, EventStatus now) {
        status = now;
        Workflow.setCurrentDetails(EventDetails.markdown(root, progress()));
    }

    /** A replay that does not fit its history keeps the run open, so that it resumes after the fix. */
    private static void passOnNonDeterminism(Throwable defect) {
        if (defect instanceof NonDeterministicException nonDeterminism) {
            throw nonDeterminism;
        }
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }
}
