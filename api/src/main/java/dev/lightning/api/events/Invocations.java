package dev.lightning.api.events;

import dev.lightning.api.errors.Findings;
import dev.lightning.api.errors.InvalidRequestException;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.EventTypes;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Owner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

/** Makes the events that invoke functions, which no client can post: the payload becomes the metadata. */
public final class Invocations {
    private static final String BODY = "body";

    private final EventIntake intake;
    private final AcceptLimit limit;
    private final InstantSource clock;

    Invocations(EventIntake intake, AcceptLimit limit, InstantSource clock) {
        this.intake = intake;
        this.limit = limit;
        this.clock = clock;
    }

    /**
     * Starts the event of one invocation, or finds it started under the same {@code Idempotency-Key}.
     *
     * @param payload a JSON object
     * @param source says for the platform which function is meant
     * @param check throws for an event that is not to be started
     * @throws org.springframework.web.ErrorResponseException for a payload that is no JSON object or cannot be kept, for
     *     too many events of this owner, and whatever {@link EventIntake#take} says
     */
    public Intake invoke(
            Owner owner, String function, String source, byte[] payload, HttpHeaders headers, Consumer<Event> check) {
        limit.take(owner.key(), 1);
        Findings findings = new Findings();
        String key = IdempotencyKey.of(headers, findings);
        Metadata metadata = metadata(EventJson.parse(payload), findings);
        findings.throwIfAny();
        Instant now = Instant.ofEpochMilli(clock.millis());
        EventId id = key == null ? EventIds.next(now) : EventIds.ofKey(key);
        Said said = new Said(EventTypes.HTTP_INVOKE, source, null, function, metadata);
        Event event = Event.root(id, said.type(), source, now, now, owner, function, metadata, null);
        check.accept(event);
        return intake.take(new Posted(event, BodyHash.of(said)), null);
    }

    private static Metadata metadata(JsonNode payload, Findings findings) {
        if (!payload.isObject()) {
            throw new InvalidRequestException(BODY, "must be a JSON object");
        }
        var values = MetadataReader.object(payload, BODY, findings);
        return findings.isEmpty() ? Metadata.of(values) : Metadata.empty();
    }
}
