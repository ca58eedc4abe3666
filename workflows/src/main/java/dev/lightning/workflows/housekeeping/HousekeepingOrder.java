package dev.lightning.workflows.housekeeping;

import java.util.List;

/** What the operator's settings say is to be removed; it travels with the schedule, so that a run can be understood later. */
public record HousekeepingOrder(List<Retention> retentions) {
    public HousekeepingOrder {
        retentions = List.copyOf(retentions);
    }
}
