package dev.lightning.api.schedules;

import dev.lightning.workflows.events.Attempts;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventHandler;
import dev.lightning.workflows.events.EventSubmission;
import dev.lightning.workflows.events.Handled;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;

/** Handles {@code test.hold} by taking an hour, so that runs overlap. */
final class HoldingHandler implements EventHandler {
    static final String TYPE = "test.hold";

    @Override
    public boolean handles(String type) {
        return type.equals(TYPE);
    }

    @Override
    public String step() {
        return "hold";
    }

    @Override
    public Handled handle(Event event, EventSubmission submission) {
        Workflow.sleep(Duration.ofHours(1));
        return Handled.done(Attempts.FIRST, List.of());
    }
}
