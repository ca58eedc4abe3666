package dev.lightning.workflows.chat;

import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventSubmission;
import dev.lightning.workflows.events.Failures;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/**
 * A chat's one question to the model, in as few steps as the model allows: an answer that comes soon rides in the
 * workflow's own task; for one that takes longer a regular activity waits in the process where the call is under way,
 * and when that process is gone, or the call failed, a regular activity makes another.
 */
final class Question {
    /** What marks that chats from before there were quick answers ask the model by a regular activity only. */
    private static final String QUICK = "a-quick-model-answers-within-the-task";

    private final Event chat;
    private final EventSubmission submission;

    Question(Event chat, EventSubmission submission) {
        this.chat = chat;
        this.submission = submission;
    }

    ChatReply ask() {
        if (!isQuick()) {
            return askAgain(null);
        }
        QuickReply quick = askQuickly();
        ChatReply reply = quick.reply();
        String underWay = quick.underWay();
        if (reply == null && underWay != null) {
            reply = waitFor(underWay);
        }
        return reply == null ? askAgain(quick.failed()) : reply;
    }

    /** Where model calls have machines of their own, nobody else makes them. */
    private boolean isQuick() {
        String queue = submission.modelQueue();
        return (queue == null || queue.equals(TaskQueues.EVENTS))
                && Workflow.getVersion(QUICK, Workflow.DEFAULT_VERSION, 1) > Workflow.DEFAULT_VERSION;
    }

    private QuickReply askQuickly() {
        try {
            return ChatPolicy.quickModel(chat).quickReply(chat);
        } catch (ActivityFailure failure) {
            if (Failures.timeout(failure) != null) {
                return QuickReply.NONE;
            }
            throw failure;
        }
    }

    /** Nothing when nobody took the waiting up, because the process of the call is gone. */
    private @Nullable ChatReply waitFor(String process) {
        try {
            return ChatPolicy.modelUnderWay(chat, process).reply(chat, null, null);
        } catch (ActivityFailure failure) {
            if (Failures.timeout(failure) == TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START) {
                return null;
            }
            throw failure;
        }
    }

    private ChatReply askAgain(@Nullable FailedTry tried) {
        return ChatPolicy.model(chat, submission).reply(chat, null, tried);
    }
}
