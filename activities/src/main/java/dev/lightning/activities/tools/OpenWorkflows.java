package dev.lightning.activities.tools;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.util.function.Predicate;

/** Asks Temporal itself, whose answer is exact where its visibility store lags behind. */
public final class OpenWorkflows implements Predicate<String> {
    private final WorkflowClient client;

    public OpenWorkflows(WorkflowClient client) {
        this.client = client;
    }

    @Override
    public boolean test(String workflowId) {
        try {
            return client.newUntypedWorkflowStub(workflowId).describe().getStatus()
                    == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
        } catch (WorkflowNotFoundException gone) {
            return false;
        } catch (StatusRuntimeException trouble) {
            if (trouble.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return false;
            }
            throw trouble;
        }
    }
}
