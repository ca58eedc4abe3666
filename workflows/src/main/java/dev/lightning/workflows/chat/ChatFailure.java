package dev.lightning.workflows.chat;

/** Why a model call failed; the names stand in histories and in an event's reason. */
public enum ChatFailure {
    /** The model's service asked for a pause: wait, then try again. */
    THROTTLED,
    /** The service was away, slow or answered nonsense: try again. */
    UNAVAILABLE,
    /** The service refused the request or the key: trying again cannot help. */
    REJECTED,
    /** The event's metadata is no chat: nothing was sent. */
    INVALID;

    public String type() {
        return "Chat." + name();
    }
}
