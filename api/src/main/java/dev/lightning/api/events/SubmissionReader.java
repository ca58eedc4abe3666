package dev.lightning.api.events;

import dev.lightning.api.errors.Findings;
import dev.lightning.api.errors.InvalidRequestException;
import dev.lightning.api.security.Caller;
import dev.lightning.workflows.events.EventId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

/** Reads one event in any shape, under the name that the request or the event itself gives it. */
final class SubmissionReader {
    private final EventReader founding;
    private final CloudEventJson cloudEvents;
    private final CloudEventHeaders cloudEventHeaders;

    SubmissionReader(EventReader founding, EventComposer composer) {
        this.founding = founding;
        CloudEventReader reader = new CloudEventReader(composer);
        this.cloudEvents = new CloudEventJson(reader);
        this.cloudEventHeaders = new CloudEventHeaders(reader);
    }

    /** An event alone in its request; throws with everything that is wrong. */
    Submission single(PostedShape shape, JsonNode body, HttpHeaders headers, Caller caller) {
        Findings findings = new Findings();
        String key = IdempotencyKey.of(headers, findings);
        requireSameName(key, body.isObject() ? body.get("id") : null, findings);
        return required(read(shape, body, caller, "", key, findings), findings);
    }

    /** A CloudEvent whose attributes are headers. */
    Submission binary(HttpHeaders headers, byte[] body, Caller caller) {
        Findings findings = new Findings();
        String key = IdempotencyKey.of(headers, findings);
        Submission submission = cloudEventHeaders.read(headers, body, caller, findings);
        if (key != null && submission != null && submission.cloudEvent() != null) {
            findings.require(key.equals(submission.cloudEvent().id()), IdempotencyKey.HEADER, "differs from ce-id");
        }
        return required(submission, findings);
    }

    /** An item of a batch; throws with everything that is wrong with it. */
    Submission item(PostedShape shape, JsonNode item, int index, Caller caller) {
        Findings findings = new Findings();
        return required(read(shape, item, caller, "[" + index + "]", null, findings), findings);
    }

    private @Nullable Submission read(
            PostedShape shape, JsonNode event, Caller caller, String path, @Nullable String key, Findings findings) {
        if (shape != PostedShape.FOUNDING) {
            return cloudEvents.read(event, caller, path, findings);
        }
        EventId fixed = key == null ? null : EventIds.ofKey(key);
        Posted posted = founding.read(event, caller, path, null, fixed == null ? null : fixed.value(), findings);
        return posted == null ? null : new Submission(posted, null);
    }

    private static void requireSameName(@Nullable String key, @Nullable JsonNode id, Findings findings) {
        if (key != null && id != null && id.isString()) {
            findings.require(key.equals(id.stringValue()), IdempotencyKey.HEADER, "differs from the event's id");
        }
    }

    private static Submission required(@Nullable Submission submission, Findings findings) {
        findings.throwIfAny();
        if (submission == null) {
            throw new InvalidRequestException("body", "is not an event");
        }
        return submission;
    }
}
