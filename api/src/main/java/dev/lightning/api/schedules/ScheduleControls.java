package dev.lightning.api.schedules;

import dev.lightning.api.bodies.Instants;
import dev.lightning.api.bodies.JsonFields;
import dev.lightning.api.errors.Findings;
import dev.lightning.api.errors.InvalidRequestException;
import dev.lightning.api.errors.Problem;
import dev.lightning.providers.storage.rows.ScheduleRow;
import dev.lightning.providers.storage.rows.ScheduleRows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What can be done with a schedule while it lives; each kind has its own verbs and refuses the other's. */
@Component
final class ScheduleControls {
    private static final Logger log = LoggerFactory.getLogger(ScheduleControls.class);
    private static final int LONGEST_REASON = 400;
    private static final int MOST_RUNS = 1_000;
    private static final Duration LONGEST_RANGE = Duration.ofDays(366);

    private final Schedules schedules;
    private final ScheduleReader reader;
    private final ScheduleRows rows;
    private final CronSchedules crons;
    private final OneShots oneShots;
    private final Clock clock;

    ScheduleControls(
            Schedules schedules,
            ScheduleReader reader,
            ScheduleRows rows,
            CronSchedules crons,
            OneShots oneShots,
            Clock clock) {
        this.schedules = schedules;
        this.reader = reader;
        this.rows = rows;
        this.crons = crons;
        this.oneShots = oneShots;
        this.clock = clock;
    }

    ScheduleView pause(ScheduleKey key, @Nullable JsonNode body, String by) {
        requireCron(key, "paused");
        String reason = body == null || body.isNull() ? null : reason(body);
        crons.pause(key, reason == null || reason.isBlank() ? "Paused by " + by : reason.strip());
        log.info("event=schedule.paused schedule={}", key);
        return schedules.show(key);
    }

    private static @Nullable String reason(JsonNode body) {
        Findings findings = new Findings();
        JsonFields fields = JsonFields.ofBody(body, findings);
        fields.refuseOthersThan(List.of("reason"), "a pause");
        String reason = fields.text("reason");
        findings.require(
                reason == null || reason.length() <= LONGEST_REASON,
                "reason",
                "is longer than " + LONGEST_REASON + " characters");
        findings.throwIfAny();
        return reason;
    }

    ScheduleView resume(ScheduleKey key, String by) {
        requireCron(key, "resumed");
        crons.resume(key, "Resumed by " + by);
        log.info("event=schedule.resumed schedule={}", key);
        return schedules.show(key);
    }

    ScheduleView trigger(ScheduleKey key) {
        requireCron(key, "triggered");
        crons.trigger(key);
        log.info("event=schedule.triggered schedule={}", key);
        return schedules.show(key);
    }

    /** Starts the runs of a past range and says how many they are. */
    int backfill(ScheduleKey key, JsonNode body) {
        requireCron(key, "backfilled");
        Findings findings = new Findings();
        JsonFields fields = JsonFields.ofBody(body, findings);
        fields.refuseOthersThan(List.of("from", "to"), "a backfill");
        Instant from = Instants.read("from", fields.requiredText("from"), findings);
        Instant to = Instants.read("to", fields.requiredText("to"), findings);
        if (from == null || to == null) {
            throw new InvalidRequestException(findings.errors());
        }
        findings.require(from.isBefore(to), "from", "must be before to");
        findings.require(!to.isAfter(clock.instant()), "to", "must not be in the future");
        findings.require(
                Duration.between(from, to).compareTo(LONGEST_RANGE) <= 0,
                "from",
                "must be at most " + LONGEST_RANGE.toDays() + " days before to");
        findings.throwIfAny();
        List<Instant> times = crons.timesBetween(key, from, to);
        findings.require(!times.isEmpty(), "from", "no run of the schedule falls between from and to");
        findings.require(times.size() < MOST_RUNS, "to", "between from and to lie " + MOST_RUNS + " runs or more");
        findings.throwIfAny();
        crons.backfill(key, from, to);
        log.info("event=schedule.backfilled schedule={} runs={}", key, times.size());
        return times.size();
    }

    ScheduleView reschedule(ScheduleKey key, JsonNode body) {
        ScheduleRow row = schedules.row(key);
        if (!row.isOnce()) {
            throw Problem.CONFLICT.with("Only a one-shot schedule can be rescheduled; this one recurs");
        }
        Findings findings = new Findings();
        JsonFields fields = JsonFields.ofBody(body, findings);
        fields.refuseOthersThan(List.of("timestamp"), "a rescheduling");
        Instant due = ScheduleReader.due(fields, findings);
        if (due != null) {
            reader.untimely(due).forEach(error -> findings.add(error.field(), error.message()));
        }
        if (due == null || !findings.isEmpty()) {
            throw new InvalidRequestException(findings.errors());
        }
        return switch (oneShots.reschedule(key, due)) {
            case DONE -> moved(key, row.dueAt(due));
            case TOO_LATE ->
                throw Problem.CONFLICT.with("The event "
                        + oneShots.find(key)
                                .orElseThrow(() -> Schedules.notFound(key))
                                .inWords());
            case GONE -> throw Schedules.notFound(key);
        };
    }

    private ScheduleView moved(ScheduleKey key, ScheduleRow row) {
        rows.put(key.owner().key(), row);
        log.info("event=schedule.moved schedule={} due={}", key, row.due());
        return schedules.show(key);
    }

    private void requireCron(ScheduleKey key, String verb) {
        if (schedules.row(key).isOnce()) {
            throw Problem.CONFLICT.with("A one-shot schedule cannot be " + verb
                    + "; it can be moved with :reschedule or called off with DELETE");
        }
    }
}
