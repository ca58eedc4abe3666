package dev.lightning.workflows.notifications;

/** Why a delivery attempt failed; the names stand in histories. */
public enum NotificationFailure {
    UNDELIVERED;

    public String type() {
        return "Notification." + name();
    }
}
