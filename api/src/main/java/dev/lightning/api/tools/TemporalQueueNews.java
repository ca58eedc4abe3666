package dev.lightning.api.tools;

import dev.lightning.api.temporal.TemporalCalls;
import dev.lightning.api.temporal.TemporalFailures;
import dev.lightning.workflows.tools.RunQueueWorkflow;
import io.temporal.client.WorkflowClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the queue of an owner's runs that a definition has changed, so that what was paused need not wait for its next look. */
final class TemporalQueueNews {
    private static final Logger log = LoggerFactory.getLogger(TemporalQueueNews.class);

    private final WorkflowClient client;

    TemporalQueueNews(WorkflowClient client) {
        this.client = client;
    }

    /**
     * Nobody waits for it to arrive: mostly there is no queue, and one that does not hear of it looks itself within a
     * minute.
     */
    void changed(String ownerKey) {
        Thread.ofVirtual().name("queue-news").start(() -> tell(ownerKey));
    }

    private void tell(String ownerKey) {
        try {
            TemporalCalls.within(TemporalCalls.PATIENCE, () -> {
                client.newWorkflowStub(RunQueueWorkflow.class, RunQueueWorkflow.idOf(ownerKey))
                        .definitionChanged();
                return true;
            });
        } catch (RuntimeException failure) {
            if (!TemporalFailures.isNotFound(failure)) {
                log.warn("event=queue.not_told owner={} reason={}", ownerKey, TemporalFailures.inWords(failure));
            }
        }
    }
}
