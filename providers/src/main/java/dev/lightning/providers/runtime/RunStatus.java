package dev.lightning.providers.runtime;

import java.time.Instant;

/** How a run stands. */
public sealed interface RunStatus {
    /** Whether more may come of it. */
    default boolean isOpen() {
        return switch (this) {
            case Created _, Running _ -> true;
            case Missing _, Ended _ -> false;
        };
    }

    /** There is nothing of this name. */
    record Missing() implements RunStatus {}

    /** It has been created but its program has not begun. */
    record Created() implements RunStatus {}

    record Running(Instant startedAt) implements RunStatus {}

    /**
     * It is over.
     *
     * @param exitCode as a shell would say it: 128 + n for signal n
     * @param outOfMemory whether the memory limit ended it
     */
    record Ended(int exitCode, Instant startedAt, Instant endedAt, boolean outOfMemory) implements RunStatus {}
}
