package dev.lightning.workflows.tools;

/** Why a worker task got no sources to work on; the types are part of histories. */
public enum CheckoutFailure {
    /** The event does not say what a task needs to know. */
    INVALID("task.invalid"),
    /** The event's owner has registered no repository of this name. */
    REPOSITORY_UNKNOWN("task.repository_unknown"),
    /** There is no repository at the address. */
    REPOSITORY_NOT_FOUND("task.repository_not_found"),
    /** The workers have no secret of this name for this user and address. */
    SECRET_UNKNOWN("task.secret_unknown"),
    /** The repository wants credentials, or others. */
    ACCESS_REFUSED("task.access_refused"),
    /** The repository has no such branch, tag or commit. */
    REF_NOT_FOUND("task.ref_not_found"),
    /** It cannot be checked out for another reason that will stay. */
    REJECTED("task.checkout_rejected"),
    /** The repository cannot be reached right now; trying again may help. */
    UNAVAILABLE("task.repository_unavailable");

    private final String type;

    CheckoutFailure(String type) {
        this.type = type;
    }

    public String type() {
        return type;
    }
}
