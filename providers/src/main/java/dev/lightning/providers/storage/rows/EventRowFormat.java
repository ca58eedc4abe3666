package dev.lightning.providers.storage.rows;

import dev.lightning.providers.storage.Entity;
import dev.lightning.providers.storage.Properties;
import dev.lightning.providers.storage.RowRange;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How an event row is laid out in the store: a row found by id and one that keeps the newest first. */
final class EventRowFormat {
    static final String NEWEST_FIRST = "i:";
    static final String WITHDRAWN = "w:";

    private static final long VERSION = 1;
    private static final long LAST_MILLI = 9_999_999_999_999L;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<EventRun>> RUNS = new TypeReference<>() {};

    private EventRowFormat() {}

    static String pointKey(String id) {
        return "e:" + id;
    }

    /** Sorts by the time of arrival backwards, then by id. */
    static String indexKey(EventRow row) {
        return NEWEST_FIRST + backwards(row.receivedAt()) + ":" + row.id();
    }

    /** Where housekeeping finds a withdrawn row, which no list shows. */
    static String withdrawnKey(EventRow row) {
        return WITHDRAWN + backwards(row.receivedAt()) + ":" + row.id();
    }

    /** The end of a stretch that keeps the newest first: what arrived at this time or earlier. */
    static RowRange arrivedBy(String prefix, Instant latest) {
        return RowRange.prefix(prefix).startingAt(prefix + backwards(latest));
    }

    private static String backwards(Instant time) {
        return String.format(Locale.ROOT, "%013d", LAST_MILLI - time.toEpochMilli());
    }

    static Properties point(EventRow row) {
        return common(row)
                .put("report", row.report())
                .put("runs", row.runs().isEmpty() ? null : JSON.writeValueAsString(row.runs()))
                .build();
    }

    /** A withdrawn row stays, invisible, so that whoever withdraws it and whoever revives it cannot miss each other. */
    static Properties withdrawn(EventRow row) {
        return point(row).change().put("withdrawn", true).build();
    }

    static boolean isWithdrawn(Entity entity) {
        return Boolean.TRUE.equals(entity.properties().flag("withdrawn"));
    }

    static Properties index(EventRow row) {
        return common(row).build();
    }

    private static Properties.Builder common(EventRow row) {
        return Properties.format(VERSION)
                .put("userId", row.userId())
                .put("id", row.id())
                .put("bodyHash", row.bodyHash())
                .put("type", row.type())
                .put("source", row.source())
                .put("time", row.time())
                .put("receivedAt", row.receivedAt())
                .put("due", row.due())
                .put("status", row.standing().status())
                .put("reasonCode", row.standing().reasonCode())
                .put("reasonMessage", row.standing().reasonMessage())
                .put("openedAt", row.standing().openedAt())
                .put("endedAt", row.standing().endedAt());
    }

    static EventRow read(Entity entity) {
        Properties stored = entity.properties();
        String runs = stored.text("runs");
        return new EventRow(
                entity.partition(),
                stored.requireText("userId"),
                stored.requireText("id"),
                stored.requireText("bodyHash"),
                stored.requireText("type"),
                stored.requireText("source"),
                stored.requireInstant("time"),
                stored.requireInstant("receivedAt"),
                stored.instant("due"),
                standing(stored),
                stored.text("report"),
                runs == null ? List.of() : JSON.readValue(runs, RUNS),
                entity.etag());
    }

    private static EventRow.Standing standing(Properties stored) {
        return new EventRow.Standing(
                stored.requireText("status"),
                stored.text("reasonCode"),
                stored.text("reasonMessage"),
                stored.requireInstant("openedAt"),
                stored.instant("endedAt"));
    }
}
