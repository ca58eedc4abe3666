package dev.lightning.app.temporal;

import dev.lightning.workflows.wire.Wire;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

/** Asks a process, or its Temporal server, from outside. */
public final class ServerProbe {
    private ServerProbe() {}

    /** Starts a workflow on a queue that nobody polls. */
    public static void startWaitingWorkflow(String address, String id) {
        with(
                address,
                stubs -> client(stubs)
                        .newUntypedWorkflowStub(
                                "Nobody",
                                WorkflowOptions.newBuilder()
                                        .setWorkflowId(id)
                                        .setTaskQueue("nobody")
                                        .build())
                        .start());
    }

    public static boolean isRunning(String address, String id) {
        return with(
                        address,
                        stubs -> client(stubs)
                                .newUntypedWorkflowStub(id)
                                .describe()
                                .getStatus())
                == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    }

    public static Duration retention(String address) {
        return with(
                address,
                stubs -> Duration.ofSeconds(stubs.blockingStub()
                        .describeNamespace(DescribeNamespaceRequest.newBuilder()
                                .setNamespace("default")
                                .build())
                        .getConfig()
                        .getWorkflowExecutionRetentionTtl()
                        .getSeconds()));
    }

    public static Set<String> searchAttributes(String address) {
        return with(
                address,
                stubs -> OperatorServiceStubs.newServiceStubs(OperatorServiceStubsOptions.newBuilder()
                                .setChannel(stubs.getRawChannel())
                                .validateAndBuildWithDefaults())
                        .blockingStub()
                        .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                                .setNamespace("default")
                                .build())
                        .getCustomAttributesMap()
                        .keySet());
    }

    public static String get(String address) throws IOException {
        try (InputStream body = URI.create(address).toURL().openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The status that a GET of this address answers with; 0 when nobody answers. */
    public static int status(String address) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address).toURL().openConnection();
        try {
            return connection.getResponseCode();
        } catch (IOException away) {
            return 0;
        } finally {
            connection.disconnect();
        }
    }

    private static WorkflowClient client(WorkflowServiceStubs stubs) {
        return WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(Wire.plain())
                        .build());
    }

    private static <T> T with(String address, Function<WorkflowServiceStubs, T> question) {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
        try {
            return question.apply(stubs);
        } finally {
            stubs.shutdownNow();
        }
    }
}
