package dev.lightning.app.faults;

import static org.awaitility.Awaitility.await;

import dev.lightning.providers.testing.RealTemporal;
import dev.lightning.workflows.wire.Wire;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A Temporal server that nobody looks after: a test kills it, freezes it and starts it again on its port and file. */
final class SeparateTemporal implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path folder;
    private final int port;
    private final Thread last = new Thread(this::kill, "kill-temporal");
    private final WorkflowServiceStubs stubs;
    private Process process;

    private SeparateTemporal(Path folder) throws IOException {
        this.folder = folder;
        this.port = freePort();
        this.process = launch();
        this.stubs = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address()).build());
        Runtime.getRuntime().addShutdownHook(last);
    }

    /** Starts it with its database in this folder and waits until it answers. */
    static SeparateTemporal start(Path folder) throws IOException {
        SeparateTemporal server = new SeparateTemporal(folder);
        server.untilItAnswers();
        return server;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    Path database() {
        return folder.resolve("temporal.db");
    }

    /** A client that outlives the server's absences. */
    WorkflowClient client() {
        return WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(Wire.plain())
                        .build());
    }

    synchronized void kill() {
        process.destroyForcibly().onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }

    synchronized void startAgain() throws IOException {
        process = launch();
    }

    void untilItAnswers() {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> stubs.blockingStub()
                        .withDeadlineAfter(1, TimeUnit.SECONDS)
                        .describeNamespace(DescribeNamespaceRequest.newBuilder()
                                .setNamespace("default")
                                .build())
                        .hasNamespaceInfo());
    }

    /** It stays there and takes connections, but says nothing any more. */
    void freeze() throws Exception {
        Signals.send("STOP", process.pid());
    }

    void thaw() throws Exception {
        Signals.send("CONT", process.pid());
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(last);
        stubs.shutdownNow();
        kill();
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(
                        RealTemporal.program().toString(),
                        "server",
                        "start-dev",
                        "--headless",
                        "--ip",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--db-filename",
                        database().toString(),
                        "--sqlite-pragma",
                        "journal_mode=wal",
                        "--sqlite-pragma",
                        "synchronous=normal",
                        "--dynamic-config-value",
                        "system.enableActivityEagerExecution=true",
                        "--log-level",
                        "error")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("temporal.log").toFile()))
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
