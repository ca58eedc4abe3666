package dev.lightning.api.schedules;

import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventActivities;
import dev.lightning.workflows.events.RunRecord;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Event activities that remember what came in and what came out. */
final class RecordedArrivals implements EventActivities {
    private final List<Event> arrived = new CopyOnWriteArrayList<>();
    private final List<RunRecord> ended = new CopyOnWriteArrayList<>();

    @Override
    public void recordArrival(Event event) {
        arrived.add(event);
    }

    @Override
    public void recordOutcome(RunRecord run) {
        ended.add(run);
    }

    List<Event> of(ScheduleKey key) {
        return arrived.stream()
                .filter(event -> event.owner().equals(key.owner()))
                .filter(event -> event.id().value().startsWith(key.id() + "-"))
                .toList();
    }

    List<RunRecord> endsOf(ScheduleKey key) {
        return ended.stream()
                .filter(run -> run.owner().equals(key.owner()))
                .filter(run -> run.eventId().value().startsWith(key.id()))
                .toList();
    }
}
