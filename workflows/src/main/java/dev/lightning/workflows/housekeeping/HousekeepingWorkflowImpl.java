package dev.lightning.workflows.housekeeping;

import dev.lightning.workflows.events.Failures;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Takes one kind after the other; trouble with one does not keep the others waiting until tomorrow. */
public final class HousekeepingWorkflowImpl implements HousekeepingWorkflow {
    @Override
    public HousekeepingReport tidy(HousekeepingOrder order) {
        Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
        List<Removed> removed = new ArrayList<>();
        List<KeptKind> unfinished = new ArrayList<>();
        for (Retention retention : order.retentions()) {
            try {
                Expiry expiry = new Expiry(retention.kind(), now.minus(retention.keepFor()));
                removed.add(activities(retention.kind()).removeExpired(expiry));
            } catch (ActivityFailure failure) {
                if (Failures.isCancellation(failure)) {
                    throw failure;
                }
                unfinished.add(retention.kind());
            }
        }
        HousekeepingReport report = new HousekeepingReport(removed);
        if (!unfinished.isEmpty()) {
            throw ApplicationFailure.newBuilder()
                    .setType(HousekeepingFailure.INCOMPLETE.type())
                    .setMessage("Not finished: " + unfinished)
                    .setDetails(report)
                    .build();
        }
        return report;
    }

    private static HousekeepingActivities activities(KeptKind kind) {
        return Workflow.newActivityStub(HousekeepingActivities.class, HousekeepingPolicy.remove(kind));
    }
}
