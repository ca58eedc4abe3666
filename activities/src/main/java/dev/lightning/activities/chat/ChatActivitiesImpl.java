package dev.lightning.activities.chat;

import dev.lightning.activities.chat.CallsInFlight.Call;
import dev.lightning.activities.chat.ChatOutcome.Answered;
import dev.lightning.activities.chat.ChatOutcome.Failed;
import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.model.ChatModel;
import dev.lightning.providers.storage.StorageUnavailableException;
import dev.lightning.providers.storage.rows.EffectLedger;
import dev.lightning.providers.storage.rows.EffectLedger.Effect;
import dev.lightning.providers.storage.rows.EffectLedger.FailedAttempt;
import dev.lightning.workflows.chat.ChatActivities;
import dev.lightning.workflows.chat.ChatExchange;
import dev.lightning.workflows.chat.ChatFailure;
import dev.lightning.workflows.chat.ChatPolicy;
import dev.lightning.workflows.chat.ChatReply;
import dev.lightning.workflows.chat.FailedTry;
import dev.lightning.workflows.chat.QuickReply;
import dev.lightning.workflows.events.Attempts;
import dev.lightning.workflows.events.Event;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.failure.ApplicationFailure;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what each kind of model trouble means for the run: wait, try again, or stop.
 *
 * <p>The call runs on a thread of its own and the attempt only watches it, so that an attempt which Temporal has given
 * up does not take the answer with it: the call ends in the ledger, where the next attempt finds it.
 */
public final class ChatActivitiesImpl implements ChatActivities {
    private static final Logger log = LoggerFactory.getLogger(ChatActivitiesImpl.class);

    /** The effect's step, which is also the name of the handler's step in reports. */
    private static final String STEP = "chat";

    /** A fifth of what Temporal waits for a sign of life; most calls end before the first. */
    private static final Duration HEARTBEAT_PAUSE = ChatPolicy.HEARTBEAT.dividedBy(5);

    /** What the Temporal Web UI shows of a pending call. */
    private static final String PROGRESS = "waiting for the model";

    private static final String SILENT_END = "An earlier attempt ended without a word";

    private final EffectLedger ledger;
    private final ChatCall chatCall;
    private final String queue;
    private final Duration heartbeatPause;
    private final Duration quick;
    private final CallsInFlight<ChatOutcome> inFlight = new CallsInFlight<>();

    /**
     * Takes where the model is and what keeps its answers.
     *
     * @param queue the task queue that only this process polls
     */
    public ChatActivitiesImpl(ChatModel model, EffectLedger ledger, BlobStore blobs, String queue) {
        this(model, ledger, blobs, queue, HEARTBEAT_PAUSE, ChatPolicy.QUICK);
    }

    ChatActivitiesImpl(
            ChatModel model,
            EffectLedger ledger,
            BlobStore blobs,
            String queue,
            Duration heartbeatPause,
            Duration quick) {
        this.queue = queue;
        this.quick = quick;
        this.ledger = ledger;
        this.chatCall = new ChatCall(model, ledger, blobs);
        this.heartbeatPause = heartbeatPause;
    }

    @Override
    public ChatReply reply(Event chat, @Nullable ChatExchange soFar, @Nullable FailedTry tried) {
        ActivityExecutionContext context = Activity.getExecutionContext();
        int attempt = context.getInfo().getAttempt();
        if (tried != null && attempt <= 1) {
            throw failure(Failed.of(tried), attempt);
        }
        Effect effect = effect(chat, soFar);
        return switch (outcome(join(chat, soFar, effect), effect, context)) {
            case Answered answered -> reply(answered, effect, attempt, soFar);
            case Failed failed -> throw failure(noted(failed, effect, attempt), attempt);
        };
    }

    @Override
    public QuickReply quickReply(Event chat) {
        Effect effect = effect(chat, null);
        Call<ChatOutcome> call = join(chat, null, effect);
        return switch (outcome(call, effect)) {
            case null -> QuickReply.underWay(queue);
            case Answered answered -> QuickReply.answered(reply(answered, effect, 1, null));
            case Failed failed -> {
                noted(failed, effect, 1);
                if (!failed.mayPass()) {
                    throw failure(failed, 1);
                }
                yield QuickReply.failed(failed.told());
            }
        };
    }

    private Call<ChatOutcome> join(Event chat, @Nullable ChatExchange soFar, Effect effect) {
        return inFlight.join(effect.key(), running -> chatCall.make(chat, soFar, effect, running));
    }

    private static ChatReply reply(Answered answered, Effect effect, int attempt, @Nullable ChatExchange soFar) {
        log.info("event=chat.answered key={} attempt={}", effect.key(), attempt);
        return ReplyMetadata.reply(answered.result(), attempts(attempt, answered.before()), soFar);
    }

    private static Effect effect(Event chat, @Nullable ChatExchange soFar) {
        return new Effect(chat.owner().key(), chat.id().value(), step(soFar));
    }

    /** Each question of a chat is an effect of its own; the first has the name that it had before there were more. */
    private static String step(@Nullable ChatExchange soFar) {
        int before = soFar == null ? 0 : soFar.rounds().size();
        return before == 0 ? STEP : STEP + "/" + before;
    }

    /** What a call comes to within the quick answer's time; null, and the call goes on, when that is nothing yet. */
    private @Nullable ChatOutcome outcome(Call<ChatOutcome> call, Effect effect) {
        try {
            ChatOutcome outcome = call.await(quick.toMillis());
            if (outcome == null) {
                call.leave();
            }
            return outcome;
        } catch (InterruptedException stopping) {
            call.leave();
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException bug) {
            return bug(bug, effect);
        }
    }

    /** Waits with signs of life; what Temporal answers to one comes out as its exception. */
    private ChatOutcome outcome(Call<ChatOutcome> call, Effect effect, ActivityExecutionContext context) {
        try {
            ChatOutcome outcome = call.await(heartbeatPause.toMillis());
            boolean heard = true;
            while (outcome == null) {
                heard = heard && isHeard(context);
                outcome = call.await(heartbeatPause.toMillis());
            }
            return outcome;
        } catch (ActivityCanceledException cancelled) {
            call.callOff();
            throw cancelled;
        } catch (ActivityCompletionException gone) {
            call.leave();
            throw gone;
        } catch (InterruptedException stopping) {
            call.leave();
            Thread.currentThread().interrupt();
            throw failure(
                    Failed.of(ChatFailure.UNAVAILABLE, "The worker was stopped while the model was answering"),
                    context.getInfo().getAttempt());
        } catch (ExecutionException bug) {
            return bug(bug, effect);
        }
    }

    private static Failed bug(ExecutionException bug, Effect effect) {
        log.error("event=chat.bug key={} kind={}", effect.key(), kind(bug.getCause()));
        return Failed.of(
                ChatFailure.UNAVAILABLE, "The model call failed for a reason that only the operator's log has");
    }

    /** Gives a sign of life; false once the worker is stopping, which gives a running call time to end. */
    private static boolean isHeard(ActivityExecutionContext context) {
        try {
            context.heartbeat(PROGRESS);
            return true;
        } catch (ActivityWorkerShutdownException stopping) {
            return false;
        }
    }

    private static Attempts attempts(int attempt, @Nullable FailedAttempt before) {
        return attempt <= 1 ? Attempts.FIRST : new Attempts(attempt, before == null ? SILENT_END : before.error());
    }

    /** The failure, once its words are kept for who asks how often it was tried. */
    private Failed noted(Failed failed, Effect effect, int attempt) {
        log.info("event=chat.failed key={} attempt={} kind={}", effect.key(), attempt, failed.kind());
        try {
            ledger.noteFailure(effect, new FailedAttempt(attempt, failed.why()));
        } catch (StorageUnavailableException | UncheckedIOException away) {
            log.warn("event=chat.failure.unrecorded key={} attempt={}", effect.key(), attempt);
        }
        return failed;
    }

    private static ApplicationFailure failure(Failed failed, int attempt) {
        ApplicationFailure.Builder failure = ApplicationFailure.newBuilder()
                .setType(failed.kind().type())
                .setMessage(failed.why())
                .setDetails(attempt);
        return failed.mayPass()
                ? failure.setNextRetryDelay(bounded(failed.pause())).build()
                : failure.setNonRetryable(true).build();
    }

    private static @Nullable Duration bounded(@Nullable Duration pause) {
        return pause == null || pause.compareTo(ChatPolicy.LONGEST_PAUSE) <= 0 ? pause : ChatPolicy.LONGEST_PAUSE;
    }

    /** What kind of bug it was; its message could repeat the prompt. */
    private static String kind(@Nullable Throwable bug) {
        return bug == null ? "unknown" : bug.getClass().getName();
    }
}
