package dev.lightning.workflows.housekeeping;

import java.util.List;

/** What a run removed, kind by kind. */
public record HousekeepingReport(List<Removed> removed) {
    public HousekeepingReport {
        removed = List.copyOf(removed);
    }
}
