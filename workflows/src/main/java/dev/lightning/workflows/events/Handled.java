package dev.lightning.workflows.events;

import io.temporal.failure.TemporalFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a handler's work.
 *
 * @param cancellation what ends the event although this step came out as said, null when nothing does
 */
public record Handled(
        StepState state,
        Attempts attempts,
        List<Emission> emissions,
        @Nullable TemporalFailure cancellation) {
    public Handled {
        emissions = List.copyOf(emissions);
    }

    public static Handled done(Attempts attempts, List<Emission> emissions) {
        return new Handled(StepState.DONE, attempts, emissions, null);
    }

    public static Handled handedOver(Attempts attempts) {
        return new Handled(StepState.HANDED_OVER, attempts, List.of(), null);
    }

    /** The step failed in a way that is not the event's failure: somebody could not be told, but the work is done. */
    public static Handled failed(Attempts attempts) {
        return new Handled(StepState.FAILED, attempts, List.of(), null);
    }

    /** The same step in an event that somebody cancelled meanwhile. */
    public Handled thenCancelled(TemporalFailure by) {
        return new Handled(state, attempts, emissions, by);
    }
}
