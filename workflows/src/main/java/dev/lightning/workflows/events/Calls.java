package dev.lightning.workflows.events;

import io.temporal.workflow.Functions.Func;
import io.temporal.workflow.Promise;
import java.util.List;
import java.util.function.Function;

/** What a handler that works on one event may call, and where it says how far it is. */
public interface Calls {
    /** What may be called, chosen when the event began. */
    List<Offer> offers();

    /**
     * Does a part of the work as a step of its own in the event's report.
     *
     * @param attempts how often it was tried, read from what it gave
     */
    <T> T step(String name, Func<T> work, Function<T, Attempts> attempts);

    /**
     * Emits a call as an event of the chain and starts who was offered under this name. The promise fails only with the
     * cancellation of the event; everything else that may go wrong is a {@link Called} with a reason.
     *
     * @param id names the call for ever, the same in every run of the event
     */
    Promise<Called> start(EventId id, String name, Metadata arguments);
}
