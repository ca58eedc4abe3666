package dev.lightning.api.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an accepted event.
 *
 * @param duplicate true when the event had been accepted before; absent otherwise
 * @param cloudEvent a CloudEvent's own identity, for which {@code eventId} stands; absent for other events
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Accepted(
        String eventId,
        String workflowId,
        String runId,
        String status,
        @Nullable Boolean duplicate,
        Submission.@Nullable CloudIdentity cloudEvent) {
    static Accepted of(Intake intake, Submission.@Nullable CloudIdentity cloudEvent) {
        return new Accepted(
                intake.eventId(),
                intake.workflowId(),
                intake.runId(),
                "accepted",
                intake.duplicate() ? true : null,
                cloudEvent);
    }

    static Accepted run(String eventId, String workflowId, String runId) {
        return new Accepted(eventId, workflowId, runId, "accepted", null, null);
    }
}
