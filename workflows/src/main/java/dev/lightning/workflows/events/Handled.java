package dev.lightning.workflows.events;

import java.util.List;

/** What came of a handler's work. */
public record Handled(StepState state, Attempts attempts, List<Emission> emissions) {
    public Handled {
        emissions = List.copyOf(emissions);
    }

    public static Handled done(Attempts attempts, List<Emission> emissions) {
        return new Handled(StepState.DONE, attempts, emissions);
    }

    public static Handled handedOver(Attempts attempts) {
        return new Handled(StepState.HANDED_OVER, attempts, List.of());
    }

    /** The step failed in a way that is not the event's failure: somebody could not be told, but the work is done. */
    public static Handled failed(Attempts attempts) {
        return new Handled(StepState.FAILED, attempts, List.of());
    }
}
