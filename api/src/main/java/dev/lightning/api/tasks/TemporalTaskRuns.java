package dev.lightning.api.tasks;

import dev.lightning.api.temporal.TemporalCalls;
import dev.lightning.api.temporal.TemporalFailures;
import dev.lightning.workflows.tools.ToolRunProgress;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The workflows behind tasks on a Temporal server. */
final class TemporalTaskRuns implements TaskRuns {
    private static final Logger log = LoggerFactory.getLogger(TemporalTaskRuns.class);
    private static final Duration QUERY_PATIENCE = Duration.ofSeconds(3);

    private final WorkflowClient client;

    TemporalTaskRuns(WorkflowClient client) {
        this.client = client;
    }

    @Override
    public Optional<ToolRunProgress> progress(String workflowId) {
        try {
            WorkflowStub workflow = client.newUntypedWorkflowStub(workflowId);
            return Optional.ofNullable(
                    TemporalCalls.within(QUERY_PATIENCE, () -> workflow.query("progress", ToolRunProgress.class)));
        } catch (RuntimeException unanswered) {
            log.debug("event=task.unanswered workflow={} reason={}", workflowId, TemporalFailures.inWords(unanswered));
            return Optional.empty();
        }
    }

    @Override
    public boolean cancel(String workflowId) {
        try {
            return TemporalCalls.within(TemporalCalls.PATIENCE, () -> {
                client.newUntypedWorkflowStub(workflowId).cancel();
                return true;
            });
        } catch (WorkflowNotFoundException none) {
            return unlessAway(none, false);
        }
    }

    @Override
    public Extension extend(String workflowId, Duration by) {
        try {
            return TemporalCalls.within(
                    TemporalCalls.PATIENCE,
                    () -> new Extension.Granted(client.newUntypedWorkflowStub(workflowId)
                            .startUpdate(
                                    UpdateOptions.newBuilder(Instant.class)
                                            .setUpdateName("extendDeadline")
                                            .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                                            .build(),
                                    by)
                            .getResult()));
        } catch (WorkflowUpdateException refused) {
            return new Extension.Refused(
                    refused.getCause() instanceof ApplicationFailure said
                            ? said.getOriginalMessage()
                            : "The task cannot be given more time now");
        } catch (WorkflowNotFoundException none) {
            return unlessAway(none, new Extension.Ended());
        }
    }

    private static <T> T unlessAway(WorkflowNotFoundException none, T otherwise) {
        if (TemporalFailures.isAway(none)) {
            throw none;
        }
        return otherwise;
    }
}
