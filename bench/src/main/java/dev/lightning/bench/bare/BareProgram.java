package dev.lightning.bench.bare;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What somebody would write who needs nothing but Temporal: a door over HTTP that starts a workflow and answers 202, and a
 * worker in the same process. It keeps no ledger, signs nothing and asks nobody who they are.
 *
 * <p>Arguments: a style, Temporal's address, the model's base URL, the receiver's URL. Prints {@code port=NNN}.
 */
public final class BareProgram {
    private static final String QUEUE = "bare";

    private final WorkflowClient client;
    private final BareStyle style;

    private BareProgram(WorkflowClient client, BareStyle style) {
        this.client = client;
        this.style = style;
    }

    public static void main(String[] arguments) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        BareStyle style = BareStyle.valueOf(arguments[0]);
        WorkflowClient client = WorkflowClient.newInstance(WorkflowServiceStubs.newConnectedServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(arguments[1]).build(), Duration.ofSeconds(30)));
        BareProgram program = new BareProgram(client, style);
        program.work(new BareActivitiesImpl(URI.create(arguments[2] + "/chat/completions"), URI.create(arguments[3])));
        PrintStream out = System.out;
        out.println("port=" + program.open());
    }

    private void work(BareActivities activities) {
        WorkerFactory factory = WorkerFactory.newInstance(client);
        Worker worker = factory.newWorker(QUEUE);
        worker.registerWorkflowImplementationFactory(BareWorkflow.class, () -> new BareWorkflowImpl(style));
        worker.registerActivitiesImplementations(activities);
        factory.start();
    }

    private int open() throws IOException {
        HttpServer door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        door.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        door.createContext("/api/events", this::accept);
        door.start();
        return door.getAddress().getPort();
    }

    private void accept(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = JsonMapper.shared().readTree(exchange.getRequestBody());
            String id = body.path("id").asString();
            String workflowId = "event-" + id;
            BareWorkflow workflow = client.newWorkflowStub(
                    BareWorkflow.class,
                    WorkflowOptions.newBuilder()
                            .setWorkflowId(workflowId)
                            .setTaskQueue(QUEUE)
                            .setDisableEagerExecution(!style.startsEagerly())
                            .build());
            WorkflowClient.start(
                    workflow::handle,
                    new BareEvent(id, body.at("/metadata/prompt").asString()));
            byte[] answer = JsonMapper.shared().writeValueAsBytes(Map.of("id", id, "workflowId", workflowId));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(202, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }
}
