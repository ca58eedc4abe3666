package dev.lightning.api.events;

import dev.lightning.api.errors.Findings;
import dev.lightning.api.security.Caller;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.JsonNode;

/** Takes the events of one request in, in their order, each on its own: a bad one does not hold up the others. */
final class EventBatch {
    static final int MAX_ITEMS = 100;

    private final SubmissionReader reader;
    private final EventIntake intake;

    EventBatch(SubmissionReader reader, EventIntake intake) {
        this.reader = reader;
        this.intake = intake;
    }

    /** How many events the request has; throws when that is none or too many. */
    static int count(JsonNode body, HttpHeaders headers) {
        Findings findings = new Findings();
        findings.require(body.isArray(), "body", "must be a JSON array of events");
        findings.require(
                !body.isArray() || (!body.isEmpty() && body.size() <= MAX_ITEMS),
                "body",
                "must have 1 to " + MAX_ITEMS + " events");
        findings.require(
                !headers.containsHeader(IdempotencyKey.HEADER),
                IdempotencyKey.HEADER,
                "names a single event; in a batch every event can have an id of its own");
        findings.throwIfAny();
        return body.size();
    }

    /**
     * What became of all of them.
     *
     * @param retryAfter the {@code Retry-After} of those that may come again later, null when there are none
     */
    record Taken(List<BatchItem> items, @Nullable String retryAfter) {}

    Taken take(PostedShape shape, JsonNode body, Caller caller) {
        List<BatchItem> items = new ArrayList<>();
        ErrorResponseException away = null;
        String retryAfter = null;
        for (int index = 0; index < body.size(); index++) {
            try {
                Submission submission = reader.item(shape, body.get(index), index, caller);
                if (away != null) {
                    throw away;
                }
                items.add(taken(index, submission.asBatch()));
            } catch (ErrorResponseException refused) {
                items.add(new BatchItem(index, refused.getStatusCode().value(), null, refused.getBody()));
                String pause = refused.getHeaders().getFirst(HttpHeaders.RETRY_AFTER);
                retryAfter = pause == null ? retryAfter : pause;
                away = refused.getStatusCode().isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE) ? refused : away;
            }
        }
        return new Taken(items, retryAfter);
    }

    private BatchItem taken(int index, Submission submission) {
        Intake taken = submission.into(intake);
        HttpStatus status = taken.duplicate() ? HttpStatus.OK : HttpStatus.ACCEPTED;
        return new BatchItem(index, status.value(), Accepted.of(taken, submission.cloudEvent()), null);
    }
}
