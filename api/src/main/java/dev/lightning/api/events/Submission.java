package dev.lightning.api.events;

import dev.lightning.api.errors.Problem;
import dev.lightning.api.errors.Shown;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/**
 * A valid event and the name its client knows it by.
 *
 * @param cloudEvent set for a CloudEvent, whose own identity is given back with ours
 */
record Submission(Posted posted, @Nullable CloudIdentity cloudEvent) {
    /** What makes a CloudEvent the same as another. */
    record CloudIdentity(String source, String id) {}

    /** The same as one of many. */
    Submission asBatch() {
        return new Submission(posted.asBatch(), cloudEvent);
    }

    /** Hands the event in; a conflict is told in the client's own names. */
    Intake into(EventIntake intake) {
        try {
            return intake.take(posted, null);
        } catch (ErrorResponseException refused) {
            if (cloudEvent == null || !refused.getStatusCode().isSameCodeAs(HttpStatus.CONFLICT)) {
                throw refused;
            }
            throw Problem.CONFLICT.with("There is another event with the source " + Shown.of(cloudEvent.source())
                    + " and the id " + Shown.of(cloudEvent.id()));
        }
    }
}
