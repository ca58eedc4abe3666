package dev.lightning.api.schedules;

import dev.lightning.api.bodies.Instants;
import dev.lightning.api.bodies.JsonFields;
import dev.lightning.api.errors.FieldError;
import dev.lightning.api.errors.Findings;
import dev.lightning.api.errors.InvalidRequestException;
import dev.lightning.api.events.EventReader;
import dev.lightning.api.events.Posted;
import dev.lightning.api.security.Caller;
import dev.lightning.providers.Sha256;
import dev.lightning.workflows.events.EventId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads both shapes of a schedule, the event beside its timing or around it, and finds everything wrong at once. */
@Component
final class ScheduleReader {
    private static final String EVENT = "event";
    private static final String TIMESTAMP = "timestamp";
    private static final String CRON = "cron";
    private static final Duration PAST_GRACE = Duration.ofSeconds(60);

    private final EventReader events;
    private final ScheduleSettings settings;
    private final Clock clock;
    private final CronReader crons;

    ScheduleReader(EventReader events, ScheduleSettings settings, Clock clock) {
        this.events = events;
        this.settings = settings;
        this.clock = clock;
        this.crons = new CronReader(settings);
    }

    ScheduleRequest read(JsonNode body, Caller caller) {
        if (!(body instanceof ObjectNode object)) {
            throw new InvalidRequestException("body", "must be a JSON object");
        }
        Findings findings = new Findings();
        boolean nested = given(object, EVENT);
        Timing timing = timing(object, nested, findings);
        Posted posted = nested ? nested(object, timing, caller, findings) : flat(object, timing, caller, findings);
        List<FieldError> untimely = timing instanceof Timing.Once(Instant due) ? untimely(due) : List.of();
        if (posted == null || timing == null || !findings.isEmpty()) {
            untimely.forEach(error -> findings.add(error.field(), error.message()));
            findings.throwIfAny();
            throw new IllegalStateException("The event was refused without a finding");
        }
        return new ScheduleRequest(new Posted(posted.event(), hash(posted, timing)).asBatch(), timing, untimely);
    }

    /** When a body wants its event to be, to the millisecond as clocks keep it; null when there is a new finding. */
    static @Nullable Instant due(JsonFields body, Findings findings) {
        Instant time = Instants.read(TIMESTAMP, body.requiredText(TIMESTAMP), findings);
        return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS);
    }

    /** What is wrong with this due time now; nothing within the first minute after it. */
    List<FieldError> untimely(Instant due) {
        Instant now = clock.instant();
        if (due.isBefore(now.minus(PAST_GRACE))) {
            return List.of(new FieldError(TIMESTAMP, "is more than 60 seconds in the past"));
        }
        return due.isAfter(now.plus(settings.horizon()))
                ? List.of(new FieldError(
                        TIMESTAMP, "is more than " + settings.horizon().toDays() + " days ahead"))
                : List.of();
    }

    private @Nullable Timing timing(ObjectNode body, boolean nested, Findings findings) {
        boolean cron = given(body, CRON);
        if (nested && cron && given(body, TIMESTAMP)) {
            findings.add(TIMESTAMP, "cannot be given together with cron");
        }
        if (cron) {
            return crons.read(new JsonFields(body, "", findings), findings);
        }
        CronReader.COMPANIONS.stream()
                .filter(name -> given(body, name))
                .forEach(name -> findings.add(name, "means something together with cron only"));
        if (!given(body, TIMESTAMP)) {
            findings.add(TIMESTAMP, "is required: when the event is due; or cron, for again and again");
            return null;
        }
        Instant due = due(new JsonFields(body, "", findings), findings);
        return due == null ? null : new Timing.Once(due);
    }

    private @Nullable Posted nested(ObjectNode body, @Nullable Timing timing, Caller caller, Findings findings) {
        List<String> known = new ArrayList<>(List.of(EVENT, "id", TIMESTAMP, CRON));
        known.addAll(CronReader.COMPANIONS);
        JsonFields fields = new JsonFields(body, "", findings);
        fields.refuseOthersThan(known, "a schedule");
        String id = fields.text("id");
        boolean nameable = id == null || EventId.isPostable(id);
        findings.require(nameable, "id", EventReader.ID_RULE);
        JsonNode event = body.get(EVENT);
        if (!(event instanceof ObjectNode)) {
            findings.add(EVENT, "must be a JSON object");
            return null;
        }
        JsonNode inner = event.get("id");
        findings.require(
                id == null || inner == null || inner.isNull() || (inner.isString() && id.equals(inner.stringValue())),
                EVENT + ".id",
                "must be absent or the same as id");
        return events.read(event, caller, EVENT, time(timing), nameable ? id : null, findings);
    }

    private @Nullable Posted flat(ObjectNode body, @Nullable Timing timing, Caller caller, Findings findings) {
        ObjectNode event = body.deepCopy();
        event.remove(EVENT);
        event.remove(CRON);
        event.remove(CronReader.COMPANIONS);
        if (!given(body, CRON)) {
            event.remove(TIMESTAMP);
        }
        return events.read(event, caller, "", time(timing), null, findings);
    }

    /** The event's own time unless it says: when it is due, for a template any. */
    private Instant time(@Nullable Timing timing) {
        return timing instanceof Timing.Once(Instant due) ? due : clock.instant();
    }

    private static boolean given(ObjectNode body, String name) {
        JsonNode node = body.get(name);
        return node != null && !node.isNull();
    }

    private static String hash(Posted posted, Timing timing) {
        return Sha256.hex(posted.bodyHash() + "\n" + timing.canonical());
    }
}
