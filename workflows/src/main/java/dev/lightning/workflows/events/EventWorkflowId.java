package dev.lightning.workflows.events;

/** The workflow id of an event, which is what makes a repeated start harmless. */
public final class EventWorkflowId {
    private EventWorkflowId() {}

    public static String of(Owner owner, EventId id) {
        return prefix(owner) + id.value();
    }

    /** The action id of a cron schedule; Temporal appends the nominal time of each run. */
    public static String ofRuns(Owner owner, String scheduleId) {
        return prefix(owner) + scheduleId;
    }

    static String prefix(Owner owner) {
        return "event-" + owner.key() + "-";
    }
}
