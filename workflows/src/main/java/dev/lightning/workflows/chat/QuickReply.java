package dev.lightning.workflows.chat;

import org.jspecify.annotations.Nullable;

/**
 * What came of a model call within the little time that a workflow's own task has for it; at most one is there.
 *
 * @param reply the answer, when it came in time
 * @param underWay the task queue of the process in which the call goes on
 * @param failed why another call is needed
 */
public record QuickReply(
        @Nullable ChatReply reply,
        @Nullable String underWay,
        @Nullable FailedTry failed) {
    /** Nothing is known of the call. */
    static final QuickReply NONE = new QuickReply(null, null, null);

    public static QuickReply answered(ChatReply reply) {
        return new QuickReply(reply, null, null);
    }

    /** The call goes on in the process that polls this queue. */
    public static QuickReply underWay(String queue) {
        return new QuickReply(null, queue, null);
    }

    public static QuickReply failed(FailedTry failed) {
        return new QuickReply(null, null, failed);
    }
}
