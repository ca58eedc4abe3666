package dev.lightning.api.schedules;

import dev.lightning.api.errors.InvalidRequestException;
import dev.lightning.api.errors.Problem;
import dev.lightning.api.events.EventIntake;
import dev.lightning.api.events.Intake;
import dev.lightning.api.events.Standings;
import dev.lightning.providers.storage.rows.EventRow;
import dev.lightning.providers.storage.rows.EventRows;
import dev.lightning.providers.storage.rows.ScheduleRow;
import dev.lightning.providers.storage.rows.ScheduleRows;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.Owner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

/**
 * Makes schedules, shows them and ends them. The row comes first and only serves lists and repeats; Temporal holds the
 * schedule. A crash between the two leaves an unconfirmed row, which a repeat completes and a list checks with Temporal.
 */
@Component
final class Schedules {
    private static final Logger log = LoggerFactory.getLogger(Schedules.class);
    private static final Duration KEEP_ENDED = Duration.ofDays(7);
    private static final Duration GIVE_UP_UNCONFIRMED = Duration.ofDays(1);

    private final ScheduleRows rows;
    private final EventRows events;
    private final CronSchedules crons;
    private final OneShots oneShots;
    private final EventIntake intake;
    private final ScheduleSettings settings;
    private final Clock clock;

    Schedules(
            ScheduleRows rows,
            EventRows events,
            CronSchedules crons,
            OneShots oneShots,
            EventIntake intake,
            ScheduleSettings settings,
            Clock clock) {
        this.rows = rows;
        this.events = events;
        this.crons = crons;
        this.oneShots = oneShots;
        this.intake = intake;
        this.settings = settings;
        this.clock = clock;
    }

    /** What came of a wish for a schedule; {@code repeated} when the same one had been made before. */
    record Created(ScheduleView view, boolean repeated) {}

    /** A page of a user's schedules. */
    record Listed(List<ScheduleView> schedules, @Nullable String nextRow) {}

    Created create(ScheduleRequest request) {
        ScheduleKey key = request.key();
        ScheduleRow known = rows.find(key.owner().key(), key.id()).orElse(null);
        ScheduleRow row = known == null ? enter(request) : known;
        if (!row.bodyHash().equals(request.posted().bodyHash())) {
            throw Problem.CONFLICT.with("There is another schedule with the id " + key.id());
        }
        ScheduleView view = start(key, request, row, known != null);
        if (!row.confirmed()) {
            rows.put(key.owner().key(), row.confirmed(true));
            log.info("event=schedule.created schedule={} kind={} type={}", key, view.kind(), view.type());
        }
        return new Created(view, known != null);
    }

    ScheduleView show(ScheduleKey key) {
        ScheduleRow row = row(key);
        return row.isOnce()
                ? oneShots.find(key).map(state -> ScheduleView.once(row, state)).orElseThrow(() -> notFound(key))
                : crons.find(key).map(state -> ScheduleView.cron(row, state)).orElseThrow(() -> notFound(key));
    }

    Listed list(Owner owner, @Nullable String firstRow, int limit) {
        ScheduleRows.Listed page = rows.list(owner.key(), firstRow, limit);
        List<ScheduleView> views = page.rows().stream()
                .filter(row -> row.confirmed() || settle(new ScheduleKey(owner, row.id()), row))
                .map(row -> ScheduleView.listed(row, status(owner, row)))
                .toList();
        return new Listed(views, page.nextRow());
    }

    /** The row loses its confirmation first, so that after a crash a list asks Temporal what became of it. */
    void delete(ScheduleKey key) {
        ScheduleRow row = row(key);
        rows.put(key.owner().key(), row.confirmed(false));
        if (row.isOnce()) {
            if (oneShots.cancel(key) == OneShots.Change.TOO_LATE && !hasEnded(key)) {
                rows.put(key.owner().key(), row);
                throw Problem.CONFLICT.with("The event has already started; cancel it under /api/events");
            }
        } else {
            crons.delete(key);
        }
        rows.delete(key.owner().key(), key.id());
        log.info("event=schedule.deleted schedule={}", key);
    }

    ScheduleRow row(ScheduleKey key) {
        if (!EventId.isPostable(key.id())) {
            throw notFound(key);
        }
        return rows.find(key.owner().key(), key.id()).orElseThrow(() -> notFound(key));
    }

    /** Where a one-shot's event stands as the store knows it, which a list can ask for every row. */
    private @Nullable EventStatus status(Owner owner, ScheduleRow row) {
        return row.isOnce()
                ? events.find(owner.key(), row.id())
                        .map(event -> Standings.status(event, clock.instant()))
                        .orElse(null)
                : null;
    }

    private ScheduleRow enter(ScheduleRequest request) {
        if (!request.untimely().isEmpty()) {
            throw new InvalidRequestException(request.untimely());
        }
        ScheduleKey key = request.key();
        requireRoom(key.owner());
        ScheduleRow row = row(request);
        return rows.insert(key.owner().key(), row)
                ? row
                : rows.find(key.owner().key(), key.id()).orElse(row);
    }

    private void requireRoom(Owner owner) {
        Instant now = clock.instant();
        ScheduleRows.Census census = rows.census(owner.key(), now, now.minus(KEEP_ENDED));
        census.ended().forEach(id -> rows.delete(owner.key(), id));
        if (census.live() >= settings.maxPerUser() && !isRoomBehindEnded(owner, census)) {
            throw Problem.CONFLICT.with(
                    "You have " + census.live() + " schedules, which is as many as a user may have; delete one first");
        }
    }

    /** Whether enough of the one-shots that are still to come were called off as events; asks only as many as needed. */
    private boolean isRoomBehindEnded(Owner owner, ScheduleRows.Census census) {
        int excess = census.live() - settings.maxPerUser() + 1;
        return census.waiting().stream()
                        .filter(id -> events.find(owner.key(), id)
                                .filter(EventRow::hasEnded)
                                .isPresent())
                        .limit(excess)
                        .count()
                == excess;
    }

    private ScheduleRow row(ScheduleRequest request) {
        Instant due = request.timing() instanceof Timing.Once once ? once.due() : null;
        Timing.Cron cron = request.timing() instanceof Timing.Cron recurring ? recurring : null;
        return new ScheduleRow(
                request.key().id(),
                request.posted().bodyHash(),
                request.posted().event().type(),
                clock.instant(),
                due,
                cron == null ? null : cron.expression(),
                cron == null ? null : cron.timeZone(),
                false);
    }

    /** Starts it in Temporal, or finds it started; what is refused for good leaves no row behind. */
    private ScheduleView start(ScheduleKey key, ScheduleRequest request, ScheduleRow row, boolean repeated) {
        try {
            return switch (request.timing()) {
                case Timing.Once once -> startOnce(key, request, row, once, repeated);
                case Timing.Cron cron -> startCron(key, request, row, cron, repeated);
            };
        } catch (ErrorResponseException refused) {
            if (refused.getStatusCode().is4xxClientError() && !row.confirmed()) {
                rows.delete(key.owner().key(), key.id());
            }
            throw refused;
        }
    }

    private ScheduleView startOnce(
            ScheduleKey key, ScheduleRequest request, ScheduleRow row, Timing.Once once, boolean repeated) {
        Intake taken = intake.take(request.posted(), once.due().isAfter(clock.instant()) ? once.due() : null);
        if (taken.duplicate() && !repeated) {
            oneShots.find(key).filter(state -> state.status().isTerminal()).ifPresent(ended -> {
                throw Problem.CONFLICT.with("The event " + key.id() + " " + ended.inWords() + "; use another id");
            });
        }
        return ScheduleView.once(row, new OneShotState(EventStatus.SCHEDULED, null));
    }

    private ScheduleView startCron(
            ScheduleKey key, ScheduleRequest request, ScheduleRow row, Timing.Cron cron, boolean repeated) {
        crons.create(key, request.posted().event(), cron);
        CronState state = crons.find(key).orElseThrow(() -> notFound(key));
        if (!repeated && state.next().isEmpty() && state.runs() == 0) {
            crons.delete(key);
            throw new InvalidRequestException("cron", "names no time that is still to come");
        }
        return ScheduleView.cron(row, state);
    }

    private boolean hasEnded(ScheduleKey key) {
        return oneShots.find(key).filter(state -> state.status().isTerminal()).isPresent();
    }

    /** Whether Temporal holds the schedule of an unconfirmed row; the answer is noted in the row. */
    private boolean settle(ScheduleKey key, ScheduleRow row) {
        boolean held =
                row.isOnce() ? oneShots.find(key).isPresent() : crons.find(key).isPresent();
        if (held) {
            rows.put(key.owner().key(), row.confirmed(true));
        } else if (row.createdAt().isBefore(clock.instant().minus(GIVE_UP_UNCONFIRMED))) {
            rows.delete(key.owner().key(), key.id());
        }
        return held;
    }

    static ErrorResponseException notFound(ScheduleKey key) {
        return Problem.noSuch("schedule", key.id());
    }
}
