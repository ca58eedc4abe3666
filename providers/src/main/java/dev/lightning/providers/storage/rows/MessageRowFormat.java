package dev.lightning.providers.storage.rows;

import dev.lightning.providers.storage.Entity;
import dev.lightning.providers.storage.Properties;
import dev.lightning.providers.storage.RowRange;
import java.util.Locale;

/**
 * How a message is laid out in the store: the row itself stands where a list shows it, newest first, and a small row
 * under its id points to it, so that a change touches one row only.
 */
final class MessageRowFormat {
    static final RowRange ALL = RowRange.prefix("n:");

    /** The row that remembers the sequence of the owner's newest message after that one was removed. */
    static final String NEWEST = "s:newest";

    private static final long VERSION = 1;
    private static final String SEQUENCE = "sequence";

    private MessageRowFormat() {}

    static String pointKey(String id) {
        return "m:" + id;
    }

    /** Sorts by the sequence backwards. */
    static String listKey(long sequence) {
        return "n:" + String.format(Locale.ROOT, "%019d", Long.MAX_VALUE - sequence);
    }

    /** The messages after one sequence and up to another, newest first. */
    static RowRange between(long after, long upTo) {
        return new RowRange(listKey(upTo), listKey(after));
    }

    static Properties point(MessageRow row) {
        return Properties.format(VERSION).put(SEQUENCE, row.sequence()).build();
    }

    static Properties newest(long sequence) {
        return Properties.format(VERSION).put(SEQUENCE, sequence).build();
    }

    /** What a point row and the newest's memory have in common. */
    static long sequence(Entity pointer) {
        return pointer.properties().requireNumber(SEQUENCE);
    }

    static Properties write(MessageRow row) {
        return Properties.format(VERSION)
                .put("id", row.id())
                .put("type", row.type())
                .put(SEQUENCE, row.sequence())
                .put("body", row.body())
                .put("bodyBlob", row.bodyBlob())
                .put("eventBlob", row.eventBlob())
                .put("delivery", row.delivery())
                .put("attempts", (long) row.attempts())
                .put("lastError", row.lastError())
                .put("keptAt", row.keptAt())
                .put("changedAt", row.changedAt())
                .put("deliveredAt", row.deliveredAt())
                .build();
    }

    static MessageRow read(Entity entity) {
        Properties stored = entity.properties();
        return new MessageRow(
                entity.partition(),
                stored.requireText("id"),
                stored.requireText("type"),
                stored.requireNumber(SEQUENCE),
                stored.text("body"),
                stored.text("bodyBlob"),
                stored.text("eventBlob"),
                stored.requireText("delivery"),
                Math.toIntExact(stored.requireNumber("attempts")),
                stored.text("lastError"),
                stored.requireInstant("keptAt"),
                stored.requireInstant("changedAt"),
                stored.instant("deliveredAt"),
                entity.etag());
    }
}
