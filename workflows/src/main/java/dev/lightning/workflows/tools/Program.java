package dev.lightning.workflows.tools;

import dev.lightning.workflows.events.Failures;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;

/** The program of one run, as its workflow handles it. */
final class Program {
    /** What marks that a start goes on with other workers however many have died of it or with it. */
    private static final String OUTLIVES_WORKERS = "a-start-outlives-its-workers";

    /** What marks that a program which nothing can be had of is removed all the same. */
    private static final String REMOVES_UNREAD = "what-cannot-be-read-is-removed";

    private final ToolRunOrder order;
    private final ToolRunRef run;
    private final ToolRunActivities starting;
    private final ToolRunActivities lookingAfter;
    private final ToolRunActivities cleaningUp;
    private boolean mayBeThere;

    Program(ToolRunOrder order) {
        this.order = order;
        this.run = ToolRunRef.of(order);
        String tool = order.tool().name();
        starting = Workflow.newActivityStub(ToolRunActivities.class, ToolRunPolicy.starting(tool));
        cleaningUp = Workflow.newActivityStub(ToolRunActivities.class, ToolRunPolicy.cleaningUp(tool));
        lookingAfter = Workflow.newActivityStub(ToolRunActivities.class, ToolRunPolicy.lookingAfter(tool));
    }

    /**
     * Starts it, and waits until it runs or it is clear that it will not.
     *
     * @param interruptions how often what it ran on was taken away
     */
    Observation start(int interruptions) {
        mayBeThere = true;
        Observation seen = provision(interruptions);
        long until = Workflow.currentTimeMillis() + ToolRunPolicy.START.toMillis();
        while (seen.askAgain() != null && Workflow.currentTimeMillis() < until) {
            Workflow.sleep(seen.askAgain());
            seen = look(Duration.ZERO);
        }
        return seen;
    }

    /** Workers that die while they start it say nothing of what it is to run on: others go on. */
    private Observation provision(int interruptions) {
        long until = Workflow.currentTimeMillis() + ToolRunPolicy.START.toMillis();
        while (true) {
            try {
                return starting.provision(order, interruptions);
            } catch (ActivityFailure failure) {
                if (!isOfWorkers(failure) || Workflow.currentTimeMillis() >= until) {
                    throw failure;
                }
            }
        }
    }

    private static boolean isOfWorkers(ActivityFailure failure) {
        return failure.getRetryState() == RetryState.RETRY_STATE_MAXIMUM_ATTEMPTS_REACHED
                && Failures.timeout(failure) == TimeoutType.TIMEOUT_TYPE_HEARTBEAT
                && Workflow.getVersion(OUTLIVES_WORKERS, Workflow.DEFAULT_VERSION, 1) == 1;
    }

    Observation look(Duration patience) {
        mayBeThere = true;
        return lookingAfter.observe(run, patience);
    }

    ToolOutput collect() {
        return lookingAfter.collect(order);
    }

    /** Ends the program at its deadline. */
    ToolOutput stopAndCollect() {
        lookingAfter.stop(run);
        return collect();
    }

    /** Ends a program that nobody waits for any more; what it has said is kept if that can be had soon. */
    Optional<ToolOutput> giveUp() {
        try {
            cleaningUp.stop(run);
            return Optional.of(cleaningUp.collect(order));
        } catch (ActivityFailure unreadable) {
            if (Workflow.getVersion(REMOVES_UNREAD, Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION) {
                throw unreadable;
            }
            return Optional.empty();
        }
    }

    /** Nothing is done where nothing can be; what takes too long to go is left to the sweep. */
    void remove() {
        if (!mayBeThere) {
            return;
        }
        Duration askAgain = cleaningUp.remove(run);
        long until = Workflow.currentTimeMillis() + ToolRunPolicy.REMOVAL.toMillis();
        while (askAgain != null && Workflow.currentTimeMillis() < until) {
            Workflow.sleep(askAgain);
            askAgain = cleaningUp.remove(run);
        }
    }
}
