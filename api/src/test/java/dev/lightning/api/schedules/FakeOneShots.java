package dev.lightning.api.schedules;

import dev.lightning.api.errors.Problem;
import dev.lightning.api.events.EventIntake;
import dev.lightning.api.events.Intake;
import dev.lightning.api.events.Posted;
import dev.lightning.providers.storage.rows.EventRow;
import dev.lightning.providers.storage.rows.EventRows;
import dev.lightning.providers.storage.rows.EventRun;
import dev.lightning.workflows.events.EventStatus;
import io.grpc.Status;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Future events in memory: what the intake takes is what can be moved and called off. */
final class FakeOneShots implements OneShots, EventIntake {
    private final Map<ScheduleKey, OneShotState> states = new HashMap<>();
    private final Map<ScheduleKey, String> hashes = new HashMap<>();
    private final EventRows events;
    boolean away;

    FakeOneShots(EventRows events) {
        this.events = events;
    }

    @Override
    public Intake take(Posted posted, @Nullable Instant due) {
        requireUp();
        ScheduleKey key =
                new ScheduleKey(posted.event().owner(), posted.event().id().value());
        String known = hashes.putIfAbsent(key, posted.bodyHash());
        if (known != null && !known.equals(posted.bodyHash())) {
            throw Problem.CONFLICT.with("There is another event with this id");
        }
        states.putIfAbsent(key, new OneShotState(due == null ? EventStatus.RUNNING : EventStatus.SCHEDULED, due));
        events.insertIfAbsent(EventRow.received(
                key.owner().key(),
                key.owner().userId(),
                key.id(),
                posted.bodyHash(),
                posted.event().type(),
                "tests",
                ScheduleApi.NOON,
                ScheduleApi.NOON,
                due,
                states.get(key).status().name()));
        return new Intake(key.id(), "workflow", "run", known != null);
    }

    @Override
    public Optional<OneShotState> find(ScheduleKey key) {
        requireUp();
        return Optional.ofNullable(states.get(key));
    }

    @Override
    public Change reschedule(ScheduleKey key, Instant due) {
        return change(key, new OneShotState(EventStatus.SCHEDULED, due));
    }

    @Override
    public Change cancel(ScheduleKey key) {
        return change(key, new OneShotState(EventStatus.CANCELLED, null));
    }

    void started(ScheduleKey key) {
        states.put(key, new OneShotState(EventStatus.RUNNING, null));
    }

    void ended(ScheduleKey key, EventStatus status) {
        states.put(key, new OneShotState(status, null));
        events.recordRun(
                key.owner().key(),
                key.id(),
                new EventRun("run", status.name(), null, null, ScheduleApi.NOON, ScheduleApi.NOON),
                null);
    }

    /** An event that was posted for now under this id. */
    void posted(ScheduleKey key) {
        hashes.put(key, "posted");
        started(key);
    }

    private Change change(ScheduleKey key, OneShotState after) {
        requireUp();
        OneShotState before = states.get(key);
        if (before == null) {
            return Change.GONE;
        }
        if (before.status() != EventStatus.SCHEDULED) {
            return Change.TOO_LATE;
        }
        states.put(key, after);
        return Change.DONE;
    }

    private void requireUp() {
        if (away) {
            throw Status.UNAVAILABLE.asRuntimeException();
        }
    }
}
