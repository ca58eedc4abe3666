package dev.lightning.api.temporal;

import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A client whose server is away: either nobody listens, or somebody does and never says a word. */
public final class UnreachableTemporal implements AutoCloseable {
    private final ServerSocket socket;
    private final WorkflowServiceStubs stubs;

    private UnreachableTemporal(boolean listening) {
        try {
            socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
            if (!listening) {
                socket.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget("127.0.0.1:" + socket.getLocalPort())
                .build());
    }

    public static UnreachableTemporal refusing() {
        return new UnreachableTemporal(false);
    }

    public static UnreachableTemporal silent() {
        return new UnreachableTemporal(true);
    }

    public WorkflowClient client() {
        return WorkflowClient.newInstance(stubs);
    }

    @Override
    public void close() {
        stubs.shutdownNow();
        try {
            socket.close();
        } catch (IOException ignored) {
            // nobody was connected to it
        }
    }
}
