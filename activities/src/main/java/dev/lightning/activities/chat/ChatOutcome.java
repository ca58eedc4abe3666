package dev.lightning.activities.chat;

import dev.lightning.providers.storage.rows.EffectLedger.FailedAttempt;
import dev.lightning.providers.storage.rows.EffectLedger.Result;
import dev.lightning.workflows.chat.ChatFailure;
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
    }
}
