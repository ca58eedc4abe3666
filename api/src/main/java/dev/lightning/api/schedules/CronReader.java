package dev.lightning.api.schedules;

import dev.lightning.api.bodies.Durations;
import dev.lightning.api.bodies.JsonFields;
import dev.lightning.api.errors.Findings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a client says about a recurring schedule and finds everything that is wrong with it. */
final class CronReader {
    /** The fields that mean something beside {@code cron} only. */
    static final List<String> COMPANIONS = List.of("timeZone", "overlap", "catchUpWindow", "dayMatch");

    private static final String AND = "and";

    private final ScheduleSettings settings;

    CronReader(ScheduleSettings settings) {
        this.settings = settings;
    }

    /** The timing, or null when there are new findings. */
    Timing.@Nullable Cron read(JsonFields body, Findings findings) {
        int before = findings.errors().size();
        String cron = body.text("cron");
        boolean bothDays = bothDays(body, findings);
        CronDialect.Reading.Understood understood = cron == null ? null : understood(cron, bothDays, findings);
        String timeZone = timeZone(body, findings);
        Overlap overlap = overlap(body, findings);
        Duration window = catchUpWindow(body, findings);
        return cron == null || understood == null || findings.errors().size() > before
                ? null
                : new Timing.Cron(
                        cron.strip(), understood.temporal(), understood.everyHour(), timeZone, overlap, window);
    }

    private static CronDialect.Reading.@Nullable Understood understood(
            String cron, boolean bothDays, Findings findings) {
        return switch (CronDialect.read(cron, bothDays)) {
            case CronDialect.Reading.Understood understood -> understood;
            case CronDialect.Reading.Refused(List<String> problems) -> {
                problems.forEach(problem -> findings.add("cron", problem));
                yield null;
            }
        };
    }

    private static boolean bothDays(JsonFields body, Findings findings) {
        String dayMatch = body.text("dayMatch");
        findings.require(dayMatch == null || dayMatch.equals(AND), "dayMatch", "can only be \"and\"");
        return AND.equals(dayMatch);
    }

    private static String timeZone(JsonFields body, Findings findings) {
        String name = body.text("timeZone");
        if (name != null && !isRegion(name)) {
            findings.add("timeZone", "is no time zone's IANA name, like Europe/Berlin or UTC");
        }
        return name == null ? "UTC" : name;
    }

    /** Names of the IANA database only: Java's own offsets and aliases mean nothing to Temporal. */
    private static boolean isRegion(String name) {
        try {
            return name.equals("UTC")
                    || (name.indexOf('/') > 0
                            && !name.startsWith("SystemV/")
                            && ZoneId.getAvailableZoneIds()
                                    .contains(ZoneId.of(name).getId()));
        } catch (DateTimeException unknown) {
            return false;
        }
    }

    private static Overlap overlap(JsonFields body, Findings findings) {
        String word = body.text("overlap");
        return word == null
                ? Overlap.SKIP
                : Overlap.of(word).orElseGet(() -> {
                    findings.add("overlap", "must be one of " + Overlap.words());
                    return Overlap.SKIP;
                });
    }

    private Duration catchUpWindow(JsonFields body, Findings findings) {
        String text = body.text("catchUpWindow");
        Duration window = text == null ? settings.catchUpWindow() : Durations.read(text);
        if (window == null || !ScheduleSettings.isWindow(window)) {
            findings.add("catchUpWindow", "must be a duration from 10 seconds to 365 days, like PT1H or 90s");
            return settings.catchUpWindow();
        }
        return window;
    }
}
