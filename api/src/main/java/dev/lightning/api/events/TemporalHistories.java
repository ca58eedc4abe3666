package dev.lightning.api.events;

import dev.lightning.api.temporal.TemporalFailures;
import dev.lightning.workflows.events.EventAttributes;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.EventSubmission;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import io.temporal.common.converter.DataConverter;
import io.temporal.payload.context.WorkflowSerializationContext;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Reads from a finished run what the next run of the same workflow starts from. */
final class TemporalHistories {
    /** Tells a run of a cron schedule for which time it is; the next run is for the same. */
    private static final SearchAttributeKey<OffsetDateTime> NOMINAL =
            SearchAttributeKey.forOffsetDateTime("TemporalScheduledStartTime");

    private final WorkflowClient client;

    TemporalHistories(WorkflowClient client) {
        this.client = client;
    }

    /** The input of the latest run; empty when Temporal no longer has its history. */
    Optional<EventSubmission> submissionOf(String workflowId) {
        try (Stream<HistoryEvent> history = client.streamHistory(workflowId)) {
            return history.findFirst()
                    .map(first ->
                            first.getWorkflowExecutionStartedEventAttributes().getInput())
                    .map(input -> converter(workflowId)
                            .fromPayloads(0, Optional.of(input), EventSubmission.class, EventSubmission.class));
        } catch (RuntimeException failure) {
            if (TemporalFailures.isNotFound(failure)) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    SearchAttributes attributesOfNextRun(String workflowId, EventSubmission submission) {
        SearchAttributes attributes = EventAttributes.atStart(submission.event(), EventStatus.RUNNING);
        OffsetDateTime nominal = client.newUntypedWorkflowStub(workflowId)
                .describe()
                .getTypedSearchAttributes()
                .get(NOMINAL);
        return nominal == null
                ? attributes
                : SearchAttributes.newBuilder(attributes).set(NOMINAL, nominal).build();
    }

    /** Returns when the run has closed or the limit has passed. */
    void awaitClosed(WorkflowExecution run, Duration limit) {
        try {
            client.newUntypedWorkflowStub(WorkflowTargetOptions.newBuilder()
                            .setWorkflowExecution(run)
                            .build())
                    .getResult(limit.toMillis(), TimeUnit.MILLISECONDS, Object.class);
        } catch (WorkflowException | TimeoutException closedOrLate) {
            // however it ended, the caller's next attempt shows whether it has
        }
    }

    private DataConverter converter(String workflowId) {
        return client.getOptions()
                .getDataConverter()
                .withContext(
                        new WorkflowSerializationContext(client.getOptions().getNamespace(), workflowId));
    }
}
