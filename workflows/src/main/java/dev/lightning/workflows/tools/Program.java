package dev.lightning.workflows.tools;

import io.temporal.workflow.Workflow;
import java.time.Duration;

/** The program of one run, as its workflow handles it. */
final class Program {
    private final ToolRunOrder order;
    private final ToolRunRef run;
    private final ToolRunActivities starting;
    private final ToolRunActivities lookingAfter;

    Program(ToolRunOrder order) {
        this.order = order;
        this.run = ToolRunRef.of(order);
        String tool = order.tool().name();
        starting = Workflow.newActivityStub(ToolRunActivities.class, ToolRunPolicy.starting(tool));
        lookingAfter = Workflow.newActivityStub(ToolRunActivities.class, ToolRunPolicy.lookingAfter(tool));
    }

    Observation start() {
        return starting.provision(order);
    }

    Observation look(Duration patience) {
        return lookingAfter.observe(run, patience);
    }

    ToolOutput collect() {
        return lookingAfter.collect(order);
    }

    ToolOutput stopAndCollect() {
        lookingAfter.stop(run);
        return collect();
    }

    void remove() {
        lookingAfter.remove(run);
    }
}
