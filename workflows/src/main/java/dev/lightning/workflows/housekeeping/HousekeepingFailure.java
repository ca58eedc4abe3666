package dev.lightning.workflows.housekeeping;

/** Why a run failed; the names stand in histories. */
public enum HousekeepingFailure {
    /** Some kind could not be looked through to its end. */
    INCOMPLETE;

    public String type() {
        return "Housekeeping." + name();
    }
}
