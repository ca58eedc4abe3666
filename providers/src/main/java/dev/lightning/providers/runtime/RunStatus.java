package dev.lightning.providers.runtime;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a run stands. */
public sealed interface RunStatus {
    /** Whether more may come of it. */
    default boolean isOpen() {
        return switch (this) {
            case Provisioning _, Created _, Running _ -> true;
            case Missing _, Interrupted _, Ended _ -> false;
        };
    }

    /** There is nothing of this name. */
    record Missing() implements RunStatus {}

    /**
     * What it will run on is being made, which goes on by itself.
     *
     * @param askAgain in how long there may be news
     */
    record Provisioning(Duration askAgain) implements RunStatus {}

    /** It has been created but its program has not begun. */
    record Created() implements RunStatus {}

    record Running(Instant startedAt) implements RunStatus {}

    /**
     * What it was to run on could not be had, or was taken away before the end. It stays so until it is removed; a start
     * after that may do better.
     *
     * @param reason one sentence for people
     */
    record Interrupted(String reason) implements RunStatus {}

    /**
     * It is over.
     *
     * @param exitCode as a shell would say it: 128 + n for signal n
     * @param outOfMemory whether the memory limit ended it
     * @param usage what it has cost; null where nothing is billed
     */
    record Ended(
            int exitCode,
            Instant startedAt,
            Instant endedAt,
            boolean outOfMemory,
            @Nullable RunUsage usage) implements RunStatus {
        /** A run that costs nothing. */
        public Ended(int exitCode, Instant startedAt, Instant endedAt, boolean outOfMemory) {
            this(exitCode, startedAt, endedAt, outOfMemory, null);
        }
    }
}
