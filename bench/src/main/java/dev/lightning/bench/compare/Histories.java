package dev.lightning.bench.compare;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.List;

/** How long the histories of some workflows are, on average. */
record Histories(double events, double bytes) {
    static Histories of(String temporal, List<String> workflows) {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(temporal).build());
        try {
            List<WorkflowExecutionInfo> found = workflows.stream()
                    .map(id -> stubs.blockingStub()
                            .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                                    .setNamespace("default")
                                    .setExecution(WorkflowExecution.newBuilder().setWorkflowId(id))
                                    .build())
                            .getWorkflowExecutionInfo())
                    .toList();
            return new Histories(
                    found.stream()
                            .mapToLong(WorkflowExecutionInfo::getHistoryLength)
                            .average()
                            .orElse(Double.NaN),
                    found.stream()
                            .mapToLong(WorkflowExecutionInfo::getHistorySizeBytes)
                            .average()
                            .orElse(Double.NaN));
        } finally {
            stubs.shutdown();
        }
    }
}
