package dev.lightning.activities.chat;

import dev.lightning.providers.storage.rows.EffectLedger.FailedAttempt;
import dev.lightning.providers.storage.rows.EffectLedger.Result;
import dev.lightning.workflows.chat.ChatFailure;
import dev.lightning.workflows.chat.FailedTry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one call, before it is told to Temporal; several attempts may be waiting for the same one. */
sealed interface ChatOutcome {
    /**
     * There is an answer and it is in the ledger.
     *
     * @param before what an earlier attempt said when it failed
     */
    record Answered(Result result, @Nullable FailedAttempt before) implements ChatOutcome {}

    /**
     * There is none.
     *
     * @param pause how long the service wants to be left alone, null when it did not say
     */
    record Failed(ChatFailure kind, String why, @Nullable Duration pause) implements ChatOutcome {
        static Failed of(ChatFailure kind, String why) {
            return new Failed(kind, why, null);
        }

        /** What an earlier call was told to have come to. */
        static Failed of(FailedTry tried) {
            Long pause = tried.pauseMillis();
            return new Failed(tried.kind(), tried.message(), pause == null ? null : Duration.ofMillis(pause));
        }

        /** Whether another call may have an answer. */
        boolean mayPass() {
            return switch (kind) {
                case THROTTLED, UNAVAILABLE -> true;
                case REJECTED, INVALID -> false;
            };
        }

        /** The same for a workflow to hand on. */
        FailedTry told() {
            return new FailedTry(kind, why, pause == null ? null : pause.toMillis());
        }
    }
}
