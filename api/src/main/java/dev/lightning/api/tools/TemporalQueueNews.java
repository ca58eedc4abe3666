package dev.lightning.api.tools;

import dev.lightning.workflows.tools.RunQueueWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the queue of an owner's runs that a definition has changed, so that what was paused need not wait for its next look. */
final class TemporalQueueNews {
    private static final Logger log = LoggerFactory.getLogger(TemporalQueueNews.class);

    private final WorkflowClient client;

    TemporalQueueNews(WorkflowClient client) {
        this.client = client;
    }

    /** Mostly nobody waits, and then there is no queue; one that is not reached looks itself within a minute. */
    void changed(String ownerKey) {
        try {
            client.newWorkflowStub(RunQueueWorkflow.class, RunQueueWorkflow.idOf(ownerKey))
                    .definitionChanged();
        } catch (WorkflowNotFoundException nobodyWaits) {
            log.debug("event=queue.none owner={}", ownerKey);
        } catch (WorkflowServiceException away) {
            log.warn(
                    "event=queue.not_told owner={} reason={}",
                    ownerKey,
                    away.getClass().getSimpleName());
        }
    }
}
