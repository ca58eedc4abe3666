package dev.lightning.workflows.tools;

import io.temporal.workflow.Workflow;
import java.time.Duration;

/** The program of one run, as its workflow handles it. */
final class Program {
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
        Observation seen = starting.provision(order, interruptions);
        long until = Workflow.currentTimeMillis() + ToolRunPolicy.START.toMillis();
        while (seen.askAgain() != null && Workflow.currentTimeMillis() < until) {
            Workflow.sleep(seen.askAgain());
            seen = look(Duration.ZERO);
        }
        return seen;
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
    ToolOutput giveUp() {
        cleaningUp.stop(run);
        return cleaningUp.collect(order);
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
