package dev.lightning.providers.storage.postgres;

import java.time.Duration;
import java.util.Objects;

/**
 * Which database to use and how patiently; what is left out (null) has its default, except the address.
 *
 * @param url {@code postgres://user:password@host:port/database}, or the same with {@code jdbc:} or {@code postgresql}
 * @param maxConnections the most connections this process holds, 10
 * @param connectTimeout how long a request waits for a connection, 3 s
 * @param answerTimeout how long a statement may take, 15 s
 */
public record PostgresSettings(String url, Integer maxConnections, Duration connectTimeout, Duration answerTimeout) {
    public PostgresSettings {
        require(url != null && !url.isBlank(), "DATABASE_URL must name a PostgreSQL database");
        maxConnections = Objects.requireNonNullElse(maxConnections, 10);
        connectTimeout = Objects.requireNonNullElse(connectTimeout, Duration.ofSeconds(3));
        answerTimeout = Objects.requireNonNullElse(answerTimeout, Duration.ofSeconds(15));
        require(
                maxConnections >= 1 && maxConnections <= 500,
                "LIGHTNING_STORAGE_POSTGRES_MAXCONNECTIONS must be a number from 1 to 500");
        require(
                isFrom1SecondTo5Minutes(connectTimeout),
                "LIGHTNING_STORAGE_POSTGRES_CONNECTTIMEOUT must be a duration from 1s to 5m");
        require(
                isFrom1SecondTo5Minutes(answerTimeout),
                "LIGHTNING_STORAGE_POSTGRES_ANSWERTIMEOUT must be a duration from 1s to 5m");
    }

    /** Leaves out the address, which may hold the password. */
    @Override
    public String toString() {
        return "PostgresSettings[maxConnections=" + maxConnections + ", connectTimeout=" + connectTimeout
                + ", answerTimeout=" + answerTimeout + "]";
    }

    private static boolean isFrom1SecondTo5Minutes(Duration duration) {
        return duration.compareTo(Duration.ofSeconds(1)) >= 0 && duration.compareTo(Duration.ofMinutes(5)) <= 0;
    }

    private static void require(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }
}
