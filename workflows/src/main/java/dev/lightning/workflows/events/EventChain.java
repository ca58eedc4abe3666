package dev.lightning.workflows.events;

import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Functions.Func;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An event and all that it causes. What is built in is handled in order; registered takers, and handlers that call them,
 * work beside it, and what they emit is handled as it comes.
 */
final class EventChain {
    /** How many events lie between one that calls and the result of the call. */
    private static final int HOPS_OF_A_CALL = 2;

    private final List<EventHandler> handlers;
    private final EventSubmission submission;
    private final EventTaker.Registry registry;
    private final StepLog steps;

    private final List<Event> emitted = new ArrayList<>();
    private final Deque<Event> waiting = new ArrayDeque<>();
    private int numbered;
    private int atWork;
    private boolean routed;
    private @Nullable TemporalFailure failure;

    /** Takes what to do when there is something new to show. */
    EventChain(List<EventHandler> handlers, EventSubmission submission, EventTaker.Registry registry, Runnable onTurn) {
        this.handlers = handlers;
        this.submission = submission;
        this.registry = registry;
        this.steps = new StepLog(onTurn);
    }

    List<Event> emitted() {
        return emitted;
    }

    List<Step> steps() {
        return steps.all();
    }

    /**
     * Handles the event and all that it causes; false when nobody takes it.
     *
     * @throws TemporalFailure the first that a handler or a taker met, once all who work have ended
     */
    boolean follow(Event root) {
        waiting.add(root);
        try {
            handleAll();
        } catch (TemporalFailure first) {
            failure = first;
        }
        awaitThoseAtWork();
        if (failure != null) {
            throw failure;
        }
        return routed;
    }

    private void handleAll() {
        while (failure == null && (!waiting.isEmpty() || atWork > 0)) {
            if (waiting.isEmpty()) {
                Workflow.await(() -> !waiting.isEmpty() || atWork == 0 || failure != null);
            } else {
                handle(waiting.remove());
            }
        }
    }

    /** They end by themselves or because they were cancelled with us; either way they are not left alone. */
    private void awaitThoseAtWork() {
        if (atWork > 0) {
            Workflow.newDetachedCancellationScope(() -> Workflow.await(() -> atWork == 0))
                    .run();
        }
    }

    private void handle(Event event) {
        if (event.hop() > EventWorkflowImpl.MAX_HOPS) {
            throw ApplicationFailure.newNonRetryableFailure(
                    "The event caused a chain of more than " + EventWorkflowImpl.MAX_HOPS
                            + " events, which looks like a loop",
                    "hops.exceeded");
        }
        List<EventTaker> found = registry.takersOf(event);
        List<EventTaker> takers =
                found.stream().filter(taker -> taker.offer() == null).toList();
        takers.forEach(taker -> start(event, taker));
        Optional<EventHandler> handler = handlers.stream()
                .filter(candidate -> candidate.handles(event.type()))
                .findFirst();
        routed |= handler.isPresent() || !takers.isEmpty();
        handler.ifPresent(builtIn -> run(event, builtIn, offered(event, found)));
    }

    /** Nobody may be called where the result would have come too far. */
    private static List<EventTaker> offered(Event event, List<EventTaker> found) {
        return event.hop() + HOPS_OF_A_CALL > EventWorkflowImpl.MAX_HOPS
                ? List.of()
                : found.stream().filter(taker -> taker.offer() != null).toList();
    }

    private void run(Event event, EventHandler handler, List<EventTaker> offered) {
        if (handler instanceof CallingHandler calling && !offered.isEmpty()) {
            aside(() -> calling.handle(event, submission, new CallsOfOne(event, offered))
                    .forEach(emission -> emit(event, emission)));
            return;
        }
        Handled handled = handled(event, handler, steps.begin(handler.step(), event));
        handled.emissions().forEach(emission -> emit(event, emission));
        if (handled.cancellation() != null) {
            throw handled.cancellation();
        }
    }

    private Handled handled(Event event, EventHandler handler, int at) {
        try {
            Handled handled = handler.handle(event, submission);
            steps.end(at, handled.state(), handled.attempts());
            return handled;
        } catch (TemporalFailure met) {
            steps.failed(at, met);
            throw met;
        } catch (RuntimeException | AssertionError | StackOverflowError | LinkageError defect) {
            steps.end(at, StepState.FAILED, new Attempts(1, Failures.DEFECT.message()));
            throw defect;
        }
    }

    private void start(Event event, EventTaker taker) {
        int at = steps.begin(taker.step(), event);
        aside(() -> emit(event, step(at, () -> taker.take(event), _ -> Attempts.FIRST)));
    }

    /** Does work beside all other; what it fails with ends the event once everybody has come to an end. */
    private void aside(Runnable work) {
        atWork++;
        Async.procedure(() -> {
            try {
                work.run();
            } catch (TemporalFailure met) {
                failure = failure == null ? met : failure;
            } catch (RuntimeException | AssertionError | StackOverflowError | LinkageError defect) {
                failure = told(Failures.ofDefect(defect));
            } finally {
                atWork--;
            }
        });
    }

    /** Ends the step with what the work comes to; a defect comes out as a failure like any other. */
    private <T> T step(int at, Func<T> work, Function<T, Attempts> attempts) {
        try {
            T done = work.apply();
            steps.end(at, StepState.DONE, attempts.apply(done));
            return done;
        } catch (TemporalFailure met) {
            steps.failed(at, met);
            throw met;
        } catch (RuntimeException | AssertionError | StackOverflowError | LinkageError defect) {
            Reason reason = Failures.ofDefect(defect);
            steps.end(at, StepState.FAILED, new Attempts(1, reason.message()));
            throw told(reason);
        }
    }

    private static ApplicationFailure told(Reason reason) {
        return ApplicationFailure.newNonRetryableFailure(reason.message(), reason.code());
    }

    private void emit(Event cause, Emission emission) {
        numbered++;
        Event next = cause.emit(cause.correlationId().emitted(numbered), emission, now());
        emitted.add(next);
        waiting.add(next);
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }

    /** The calls that one event's handler makes: each an event for exactly the taker that was offered under its name. */
    private final class CallsOfOne implements Calls {
        private final Event caller;
        private final List<EventTaker> offered;

        CallsOfOne(Event caller, List<EventTaker> offered) {
            this.caller = caller;
            this.offered = offered;
        }

        @Override
        public List<Offer> offers() {
            return offered.stream()
                    .map(EventTaker::offer)
                    .filter(Objects::nonNull)
                    .toList();
        }

        @Override
        public <T> T step(String name, Func<T> work, Function<T, Attempts> attempts) {
            return EventChain.this.step(steps.begin(name, caller), work, attempts);
        }

        @Override
        public Promise<Called> start(EventId id, String name, Metadata arguments) {
            EventTaker taker = offered.stream()
                    .filter(candidate -> candidate.step().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("Not offered"));
            Event call = caller.emit(id, new Emission(EventTypes.toolCall(name), arguments, null), now());
            emitted.add(call);
            int at = steps.begin(name, call);
            atWork++;
            return Async.function(() -> {
                try {
                    Emission said = EventChain.this.step(at, () -> taker.take(call), _ -> Attempts.FIRST);
                    emit(call, said);
                    return new Called(call, said, null);
                } catch (TemporalFailure met) {
                    if (Failures.isCancellation(met)) {
                        throw met;
                    }
                    return new Called(call, null, Failures.reason(met));
                } finally {
                    atWork--;
                }
            });
        }
    }
}
