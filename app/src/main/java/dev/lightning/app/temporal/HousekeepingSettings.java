package dev.lightning.app.temporal;

import dev.lightning.workflows.housekeeping.HousekeepingOrder;
import dev.lightning.workflows.housekeeping.KeptKind;
import dev.lightning.workflows.housekeeping.Retention;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long what the store holds is kept.
 *
 * @param keepEvents after an event ended ({@code KEEP_EVENTS}); a repeated post is recognised that long
 * @param keepEffects after an effect was recorded ({@code KEEP_EFFECTS})
 * @param keepMessages after a message was kept ({@code KEEP_MESSAGES})
 * @param keepSchedules after a one-shot schedule was due ({@code KEEP_SCHEDULES})
 * @param keepTasks after a run of a tool ended ({@code KEEP_TASKS})
 */
public record HousekeepingSettings(
        @Nullable Duration keepEvents,
        @Nullable Duration keepEffects,
        @Nullable Duration keepMessages,
        @Nullable Duration keepSchedules,
        @Nullable Duration keepTasks) {
    private static final Duration SHORTEST = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    public HousekeepingSettings {
        keepEvents = checked("KEEP_EVENTS", keepEvents, 30);
        keepEffects = checked("KEEP_EFFECTS", keepEffects, 30);
        keepMessages = checked("KEEP_MESSAGES", keepMessages, 90);
        keepSchedules = checked("KEEP_SCHEDULES", keepSchedules, 7);
        keepTasks = checked("KEEP_TASKS", keepTasks, 30);
    }

    HousekeepingOrder order() {
        return new HousekeepingOrder(List.of(
                retention(KeptKind.EVENTS, keepEvents),
                retention(KeptKind.EFFECTS, keepEffects),
                retention(KeptKind.MESSAGES, keepMessages),
                retention(KeptKind.SCHEDULES, keepSchedules),
                retention(KeptKind.TASKS, keepTasks)));
    }

    private static Retention retention(KeptKind kind, @Nullable Duration keepFor) {
        return new Retention(kind, keepFor == null ? LONGEST : keepFor);
    }

    /** A day at least: attempts, repeats and readers of today must find what is of today. */
    private static Duration checked(String name, @Nullable Duration given, int defaultDays) {
        Duration value = given == null ? Duration.ofDays(defaultDays) : given;
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " must be a duration from 1d to 36500d, such as 30d");
        }
        return value;
    }
}
