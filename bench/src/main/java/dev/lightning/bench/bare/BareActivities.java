package dev.lightning.bench.bare;

import io.temporal.activity.ActivityInterface;

/** The two effects of an event. */
@ActivityInterface(namePrefix = "Bare.")
public interface BareActivities {
    /** Asks the model and returns its answer. */
    String ask(String prompt);

    /** Sends the notification. */
    void send(BareMessage message);
}
