package dev.lightning.workflows.events;

import io.temporal.common.SearchAttributeKey;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the template of a cron schedule into the event of the run that Temporal has just started. */
final class ScheduledRun {
    private static final SearchAttributeKey<OffsetDateTime> NOMINAL =
            SearchAttributeKey.forOffsetDateTime("TemporalScheduledStartTime");

    private ScheduledRun() {}

    static Event of(Event template, String scheduleId) {
        Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
        OffsetDateTime scheduled = Workflow.getTypedSearchAttributes().get(NOMINAL);
        Instant nominal = scheduled == null ? now : scheduled.toInstant();
        Map<String, @Nullable Object> trigger = new LinkedHashMap<>();
        trigger.put("type", EventTypes.SCHEDULE_TRIGGERED);
        trigger.put("scheduleId", scheduleId);
        trigger.put("nominalTime", nominal.toString());
        return template.firedBySchedule(
                runId(template), nominal, now, template.metadata().with("trigger", trigger));
    }

    /** What follows the owner key in the workflow id: the schedule id and the nominal time. */
    private static EventId runId(Event template) {
        return new EventId(Workflow.getInfo()
                .getWorkflowId()
                .substring(EventWorkflowId.prefix(template.owner()).length()));
    }
}
