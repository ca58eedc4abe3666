package dev.lightning.api.events;

import dev.lightning.api.bodies.Instants;
import dev.lightning.api.bodies.JsonFields;
import dev.lightning.api.errors.Findings;
import dev.lightning.api.security.ActingFor;
import dev.lightning.api.security.Caller;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Owner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code {timestamp, source, type, userID, metadata?, id?, subject?}}.
 *
 * <p>What the caller may not say, another user's name or a type that only the platform emits, is answered as 403 once
 * the fields themselves are right.
 */
public final class FoundingEventReader implements EventReader {
    private static final List<String> FIELDS =
            List.of("timestamp", "source", "type", "userID", "metadata", "id", "subject");

    private final EventComposer composer;

    /** Takes the checks of single types' metadata; a type without one may say anything. */
    public FoundingEventReader(List<TypeCheck> typeChecks, InstantSource clock) {
        this(new EventComposer(typeChecks, clock));
    }

    FoundingEventReader(EventComposer composer) {
        this.composer = composer;
    }

    @Override
    public @Nullable Posted read(
            JsonNode event,
            Caller caller,
            String path,
            @Nullable Instant defaultTime,
            @Nullable String fixedId,
            Findings findings) {
        if (!event.isObject()) {
            findings.add(path.isEmpty() ? "body" : path, "must be a JSON object");
            return null;
        }
        int before = findings.errors().size();
        JsonFields fields = new JsonFields(event, path, findings);
        fields.refuseOthersThan(FIELDS, "an event");
        Said said = said(fields, defaultTime == null, findings);
        String userId = userId(fields, findings);
        String id = id(fields, findings);
        if (said == null || userId == null || findings.errors().size() > before) {
            return null;
        }
        Owner owner = ActingFor.owner(caller, userId);
        String chosen = fixedId == null ? id : fixedId;
        return composer.compose(
                caller, owner, said, fields.at("metadata"), chosen == null ? null : new EventId(chosen), defaultTime);
    }

    private @Nullable Said said(JsonFields fields, boolean timeRequired, Findings findings) {
        EnvelopeRules rules = new EnvelopeRules(findings);
        String timestamp = timeRequired ? fields.requiredText("timestamp") : fields.text("timestamp");
        Instant time = Instants.read(fields.at("timestamp"), timestamp, findings);
        String source = fields.requiredText("source");
        rules.name(fields.at("source"), source);
        String type = fields.requiredText("type");
        rules.type(fields.at("type"), type);
        String subject = fields.text("subject");
        rules.name(fields.at("subject"), subject);
        Metadata metadata = metadata(fields, findings);
        if (type != null && metadata != null) {
            composer.check(type, metadata, fields.at("metadata"), findings);
        }
        if (type == null || source == null || metadata == null) {
            return null;
        }
        return new Said(type, source, time, subject, metadata);
    }

    private static @Nullable Metadata metadata(JsonFields fields, Findings findings) {
        JsonNode value = fields.value("metadata");
        if (value == null) {
            return Metadata.empty();
        }
        if (!value.isObject()) {
            findings.add(fields.at("metadata"), "must be a JSON object");
            return null;
        }
        int before = findings.errors().size();
        var values = MetadataReader.object(value, fields.at("metadata"), findings);
        return findings.errors().size() > before ? null : Metadata.of(values);
    }

    private static @Nullable String userId(JsonFields fields, Findings findings) {
        String userId = fields.requiredText("userID");
        findings.require(
                userId == null || UserNames.isUserId(userId),
                fields.at("userID"),
                "must be 1 to " + UserNames.MAX_USER_ID + " printable characters");
        return userId;
    }

    private static @Nullable String id(JsonFields fields, Findings findings) {
        String id = fields.text("id");
        findings.require(id == null || EventId.isPostable(id), fields.at("id"), ID_RULE);
        return id;
    }
}
