package dev.lightning.api.schedules;

import dev.lightning.api.errors.FieldError;
import dev.lightning.api.events.Posted;
import java.util.List;

/**
 * A schedule as a client asked for it, found well formed.
 *
 * @param posted the event to happen; its id is the schedule's, its hash covers the timing too
 * @param untimely what is wrong with the due time as seen from now; held against a new schedule only, because a repeat
 *     may come late
 */
record ScheduleRequest(Posted posted, Timing timing, List<FieldError> untimely) {
    ScheduleRequest {
        untimely = List.copyOf(untimely);
    }

    ScheduleKey key() {
        return new ScheduleKey(posted.event().owner(), posted.event().id().value());
    }
}
