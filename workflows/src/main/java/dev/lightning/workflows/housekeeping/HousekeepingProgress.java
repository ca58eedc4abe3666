package dev.lightning.workflows.housekeeping;

import org.jspecify.annotations.Nullable;

/**
 * How far an attempt has come, so that the next one goes on there.
 *
 * @param owner the owner whose rows were looked at last, empty before the first
 * @param nextRow where that owner's next page starts, null when the owner is done
 * @param removed how many rows were removed so far
 */
public record HousekeepingProgress(String owner, @Nullable String nextRow, long removed) {
    public static final HousekeepingProgress START = new HousekeepingProgress("", null, 0);
}
