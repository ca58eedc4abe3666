package dev.lightning.workflows.notifications;

/** Where a message stands with the receiver behind {@code NOTIFY_URL}. */
public enum DeliveryState {
    /** Not delivered yet; it will be tried again. */
    PENDING,
    DELIVERED,
    /** Given up: the receiver is gone or the last attempt failed. It can be sent again by hand. */
    NOTIFY_FAILED,
    /** {@code NOTIFY_URL} is not set: the message is there to be read, and nothing more is owed. */
    SKIPPED
}
