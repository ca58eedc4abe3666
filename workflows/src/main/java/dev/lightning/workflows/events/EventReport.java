package dev.lightning.workflows.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything there is to say about an event at one moment: what the progress query answers and the event row keeps.
 *
 * @param due when a future event starts, null for one that started at once
 * @param chain the events it caused, in the order of their emission
 */
public record EventReport(
        EventStatus status,
        @Nullable Reason reason,
        @Nullable Instant due,
        List<Event> chain,
        List<Step> steps) {
    public EventReport {
        chain = List.copyOf(chain);
        steps = List.copyOf(steps);
    }
}
