package dev.lightning.providers.storage.sqlite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How the file is kept; what is left out (null) has its default.
 *
 * @param file the database, {@code .lightning/lightning.db}
 * @param synchronous when the disk is waited for, {@code normal}
 * @param busyTimeout how long a write waits for another process's lock before it gives up, 5 s
 * @param readers how many reads go on at once, 4
 */
public record SqliteSettings(Path file, Synchronous synchronous, Duration busyTimeout, Integer readers) {
    /** When SQLite waits for the disk. */
    public enum Synchronous {
        /** At checkpoints: survives a killed process, but a power cut can take the last commits. */
        NORMAL,
        /** At each commit: survives a power cut too, at the price of a wait per write. */
        FULL
    }

    public SqliteSettings {
        file = Objects.requireNonNullElse(file, Path.of(".lightning", "lightning.db"));
        synchronous = Objects.requireNonNullElse(synchronous, Synchronous.NORMAL);
        busyTimeout = Objects.requireNonNullElse(busyTimeout, Duration.ofSeconds(5));
        readers = Objects.requireNonNullElse(readers, 4);
        require(
                busyTimeout.isPositive() && busyTimeout.compareTo(Duration.ofMinutes(1)) <= 0,
                "LIGHTNING_STORAGE_SQLITE_BUSYTIMEOUT must be more than 0 s and at most 1m");
        require(readers >= 1 && readers <= 64, "LIGHTNING_STORAGE_SQLITE_READERS must be a number from 1 to 64");
    }

    private static void require(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }
}
