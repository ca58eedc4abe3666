package dev.lightning.workflows.events;

import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event and all that it causes. What is built in is handled in order; registered takers work beside it, and what they
 * emit is handled as it comes.
 */
final class EventChain {
    private final List<EventHandler> handlers;
    private final EventSubmission submission;
    private final EventTaker.Registry registry;
    private final Runnable onTurn;

    private final List<Event> emitted = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final Deque<Event> waiting = new ArrayDeque<>();
    private int atWork;
    private boolean routed;
    private @Nullable TemporalFailure failure;

    /** Takes what to do when there is something new to show. */
    EventChain(List<EventHandler> handlers, EventSubmission submission, EventTaker.Registry registry, Runnable onTurn) {
        this.handlers = handlers;
        this.submission = submission;
        this.registry = registry;
        this.onTurn = onTurn;
    }

    List<Event> emitted() {
        return emitted;
    }

    List<Step> steps() {
        return steps;
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
        awaitTakers();
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

    /** Takers end by themselves or because they were cancelled with us; either way they are not left alone. */
    private void awaitTakers() {
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
        List<EventTaker> takers = registry.takersOf(event);
        takers.forEach(taker -> start(event, taker));
        Optional<EventHandler> handler = handlers.stream()
                .filter(candidate -> candidate.handles(event.type()))
                .findFirst();
        routed |= handler.isPresent() || !takers.isEmpty();
        handler.ifPresent(builtIn -> run(event, builtIn));
    }

    private void run(Event event, EventHandler handler) {
        Handled handled = handled(event, handler, begin(handler.step(), event));
        handled.emissions().forEach(emission -> emit(event, emission));
        if (handled.cancellation() != null) {
            throw handled.cancellation();
        }
    }

    private Handled handled(Event event, EventHandler handler, int at) {
        try {
            Handled handled = handler.handle(event, submission);
            end(at, handled.state(), handled.attempts());
            return handled;
        } catch (TemporalFailure met) {
            failed(at, met);
            throw met;
        } catch (RuntimeException | AssertionError | StackOverflowError | LinkageError defect) {
            end(at, StepState.FAILED, new Attempts(1, Failures.DEFECT.message()));
            throw defect;
        }
    }

    private void start(Event event, EventTaker taker) {
        int at = begin(taker.step(), event);
        atWork++;
        Async.procedure(() -> {
            try {
                Emission emission = taker.take(event);
                end(at, StepState.DONE, Attempts.FIRST);
                emit(event, emission);
            } catch (TemporalFailure met) {
                failed(at, met);
                failure = failure == null ? met : failure;
            } catch (RuntimeException | AssertionError | StackOverflowError | LinkageError defect) {
                Reason reason = Failures.ofDefect(defect);
                end(at, StepState.FAILED, new Attempts(1, reason.message()));
                failure = ApplicationFailure.newNonRetryableFailure(reason.message(), reason.code());
            } finally {
                atWork--;
            }
        });
    }

    private void failed(int at, TemporalFailure met) {
        StepState state = Failures.isCancellation(met) ? StepState.CANCELLED : StepState.FAILED;
        end(at, state, Failures.attempts(met));
    }

    private int begin(String step, Event event) {
        steps.add(Step.started(step, event.id(), now()));
        onTurn.run();
        return steps.size() - 1;
    }

    private void end(int at, StepState state, Attempts attempts) {
        steps.set(at, steps.get(at).ended(state, attempts, now()));
    }

    private void emit(Event cause, Emission emission) {
        Event next = cause.emit(emitted.size() + 1, emission, now());
        emitted.add(next);
        waiting.add(next);
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }
}
