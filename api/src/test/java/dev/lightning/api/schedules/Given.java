package dev.lightning.api.schedules;

import dev.lightning.api.security.OwnerKeys;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The usual things of these tests. */
final class Given {
    static final Owner ALICE = OwnerKeys.builtIn("alice");

    private Given() {}

    static ScheduleKey key(String id) {
        return new ScheduleKey(ALICE, id);
    }

    static Event template(ScheduleKey key, String type) {
        Instant time = Instant.parse("2026-11-21T12:00:00Z");
        return Event.root(
                new EventId(key.id()),
                type,
                "tests",
                time,
                time,
                key.owner(),
                null,
                Metadata.of(Map.of("note", "hello")),
                null);
    }

    static Timing.Cron cron(String expression, String zone) {
        return cron(expression, zone, Overlap.SKIP);
    }

    static Timing.Cron cron(String expression, String zone, Overlap overlap) {
        CronDialect.Reading.Understood understood = switch (CronDialect.read(expression, true)) {
            case CronDialect.Reading.Understood form -> form;
            case CronDialect.Reading.Refused(var problems) -> throw new AssertionError(problems);
        };
        return new Timing.Cron(
                expression, understood.temporal(), understood.everyHour(), zone, overlap, Duration.ofHours(1));
    }
}
