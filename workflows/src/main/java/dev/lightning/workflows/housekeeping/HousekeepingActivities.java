package dev.lightning.workflows.housekeeping;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Removes rows and what hangs on them. */
@ActivityInterface(namePrefix = "Housekeeping.")
public interface HousekeepingActivities {
    /** Goes through all owners' rows of one kind; may be repeated, and goes on where an earlier attempt was. */
    @ActivityMethod
    Removed removeExpired(Expiry expiry);
}
