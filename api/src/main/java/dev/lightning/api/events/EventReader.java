package dev.lightning.api.events;

import dev.lightning.api.errors.Findings;
import dev.lightning.api.security.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the founding documents' event shape and finds everything that is wrong with it. */
public interface EventReader {
    /** What {@link dev.lightning.workflows.events.EventId#isPostable} asks of an id, in a caller's words. */
    String ID_RULE = "must be 1 to 128 of A-Z a-z 0-9 . _ ~ - with more than dots among them, and must not end in ~ and"
            + " digits, as emitted events' ids do";

    /**
     * Reads an event.
     *
     * @param path the JSON path of {@code event} in the body, empty for the body itself; findings start with it
     * @param defaultTime what {@code timestamp} means when it is absent; null makes it required
     * @param fixedId the id the event is to have whatever the body says, null to take the body's or make one
     * @return the event, or null when there are new findings
     * @throws org.springframework.web.ErrorResponseException a {@code FORBIDDEN} for an event that is right in itself but
     *     of another user or of a type that only the platform emits
     */
    @Nullable
    Posted read(
            JsonNode event,
            Caller caller,
            String path,
            @Nullable Instant defaultTime,
            @Nullable String fixedId,
            Findings findings);
}
