package dev.lightning.api.schedules;

import dev.lightning.workflows.events.Owner;

/** Names a schedule within its owner; a one-shot's id is its event's. */
record ScheduleKey(Owner owner, String id) {
    @Override
    public String toString() {
        return owner.key() + "/" + id;
    }
}
