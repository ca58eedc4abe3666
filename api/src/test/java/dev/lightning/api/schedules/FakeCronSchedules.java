package dev.lightning.api.schedules;

import dev.lightning.api.errors.Problem;
import dev.lightning.workflows.events.Event;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A clock that never ticks: it remembers what it was told and invents a run a day. */
final class FakeCronSchedules implements CronSchedules {
    private record Kept(
            Event template, Timing.Cron timing, @Nullable String paused) {}

    private final Map<ScheduleKey, Kept> kept = new LinkedHashMap<>();
    final List<String> calls = new ArrayList<>();
    boolean away;
    boolean exhausted;
    int matching = 3;

    @Override
    public void create(ScheduleKey key, Event template, Timing.Cron timing) {
        requireUp();
        kept.putIfAbsent(key, new Kept(template, timing, null));
    }

    @Override
    public Optional<CronState> find(ScheduleKey key) {
        requireUp();
        return Optional.ofNullable(kept.get(key))
                .map(schedule -> new CronState(
                        schedule.timing().overlap(),
                        schedule.timing().catchUpWindow(),
                        schedule.paused() != null,
                        schedule.paused(),
                        exhausted ? List.of() : days(10),
                        List.of(new CronState.Run(key.id() + "-run", days(1).getFirst(), days(1).getFirst())),
                        exhausted ? 0 : 7,
                        2,
                        1));
    }

    @Override
    public void pause(ScheduleKey key, String reason) {
        kept.put(key, new Kept(require(key).template(), require(key).timing(), reason));
    }

    @Override
    public void resume(ScheduleKey key, String note) {
        kept.put(key, new Kept(require(key).template(), require(key).timing(), null));
    }

    @Override
    public void trigger(ScheduleKey key) {
        require(key);
        calls.add("trigger " + key.id());
    }

    @Override
    public List<Instant> timesBetween(ScheduleKey key, Instant from, Instant to) {
        require(key);
        return days(matching);
    }

    @Override
    public void backfill(ScheduleKey key, Instant from, Instant to) {
        require(key);
        calls.add("backfill " + key.id() + " " + from + " " + to);
    }

    @Override
    public void delete(ScheduleKey key) {
        requireUp();
        kept.remove(key);
    }

    Timing.Cron timing(ScheduleKey key) {
        return require(key).timing();
    }

    Event template(ScheduleKey key) {
        return require(key).template();
    }

    private Kept require(ScheduleKey key) {
        requireUp();
        Kept schedule = kept.get(key);
        if (schedule == null) {
            throw Problem.NOT_FOUND.with("schedule " + key.id());
        }
        return schedule;
    }

    private void requireUp() {
        if (away) {
            throw Status.UNAVAILABLE.asRuntimeException();
        }
    }

    private static List<Instant> days(int count) {
        return IntStream.range(0, count)
                .mapToObj(day -> Instant.parse("2027-01-01T08:00:00Z").plus(Duration.ofDays(day)))
                .toList();
    }
}
