package dev.lightning.workflows.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened and that somebody wants handled; posted by a client, fired by a schedule or emitted by a
 * handler.
 *
 * @param time when it happened, as its source says
 * @param receivedAt when the platform took it
 * @param subject what it is about, in the CloudEvents sense
 * @param correlationId the id of the root event, the same through the whole chain
 * @param causationId the id of the event whose handler emitted this one
 * @param hop how many events lie between the root and this one; the root's is 0
 * @param blobRef set when {@code metadata} is only a cut and the blob store keeps the whole
 */
public record Event(
        EventId id,
        String type,
        String source,
        Instant time,
        Instant receivedAt,
        Owner owner,
        @Nullable String subject,
        EventId correlationId,
        @Nullable EventId causationId,
        int hop,
        Metadata metadata,
        @Nullable BlobRef blobRef) {

    /** The source of everything that the platform itself emits. */
    public static final String PLATFORM = "lightning";

    /** An event that nothing inside the platform caused. */
    public static Event root(
            EventId id,
            String type,
            String source,
            Instant time,
            Instant receivedAt,
            Owner owner,
            @Nullable String subject,
            Metadata metadata,
            @Nullable BlobRef blobRef) {
        return new Event(id, type, source, time, receivedAt, owner, subject, id, null, 0, metadata, blobRef);
    }

    /** What the handler of this event emits now under this id, which is unique in the chain. */
    public Event emit(EventId newId, Emission emission, Instant now) {
        return new Event(
                newId,
                emission.type(),
                PLATFORM,
                now,
                now,
                owner,
                subject,
                correlationId,
                id,
                hop + 1,
                emission.metadata(),
                emission.blobRef());
    }

    /** This template of a schedule as the event of one of its runs. */
    public Event firedBySchedule(EventId runId, Instant nominal, Instant now, Metadata withTrigger) {
        return root(runId, type, source, nominal, now, owner, subject, withTrigger, blobRef);
    }
}
