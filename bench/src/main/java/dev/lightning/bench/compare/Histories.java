package dev.lightning.bench.compare;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.List;

/** How long the histories of some workflows are, on average. */
record Histories(double events, double bytes) {
    /** The version that the server says it has. */
    static String serverVersion(String temporal) {
        WorkflowServiceStubs stubs = connect(temporal);
        try {
            return stubs.blockingStub()
                    .getSystemInfo(GetSystemInfoRequest.getDefaultInstance())
                    .getServerVersion();
        } finally {
            stubs.shutdown();
        }
    }

    private static WorkflowServiceStubs connect(String temporal) {
        return WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(temporal).build());
    }

    static Histories of(String temporal, List<String> workflows) {
        WorkflowServiceStubs stubs = connect(temporal);
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
