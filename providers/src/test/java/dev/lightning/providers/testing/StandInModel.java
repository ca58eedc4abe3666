package dev.lightning.providers.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A model's service as the network shows it: a real HTTP server that speaks Chat Completions, behaves as a test says
 * and writes every call down before it answers. Crash tests run it as a process of its own, so that its ledger survives
 * whatever they kill: {@code StandInModel --port 0 --delay-ms 20 --ledger FILE} prints {@code port=NNN} when it listens.
 */
public final class StandInModel implements AutoCloseable {
    /**
     * A call as it arrived.
     *
     * @param key the idempotency key it came with, empty without one
     * @param prompt the first user message
     */
    public record Call(String key, String prompt, Instant at) {}

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final @Nullable Path ledger;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Queue<StandInBehaviour> script = new ArrayDeque<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<JsonNode> requests = new ArrayList<>();
    private StandInBehaviour usual = StandInBehaviour.echoes();

    private StandInModel(int port, @Nullable Path ledger) throws IOException {
        this.ledger = ledger;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** Listens on a free port and keeps its ledger in memory only. */
    public static StandInModel start() {
        return start(0, null);
    }

    /**
     * Listens on this port, 0 for a free one.
     *
     * @param ledger a file that gets one JSON line per call, null for none
     */
    public static StandInModel start(int port, @Nullable Path ledger) {
        try {
            return new StandInModel(port, ledger);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    /** What {@code OPENAI_BASE_URL} would be. */
    public String baseUrl() {
        return "http://127.0.0.1:" + port() + "/v1";
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** The next calls meet these, one each; later ones the usual. */
    public synchronized StandInModel next(StandInBehaviour... behaviours) {
        script.addAll(List.of(behaviours));
        return this;
    }

    public synchronized StandInModel usually(StandInBehaviour behaviour) {
        usual = behaviour;
        return this;
    }

    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The bodies of the calls, for what the ledger leaves out. */
    public synchronized List<JsonNode> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        JsonNode request = read(exchange);
        StandInCall call = new StandInCall(exchange, request, closed);
        if (!exchange.getRequestURI().getPath().equals("/v1/chat/completions")) {
            StandInBehaviour.fails(404, "invalid_request_error", null, "Unknown request URL")
                    .answer(call);
        } else if (!exchange.getRequestMethod().equals("POST")) {
            StandInBehaviour.fails(405, "invalid_request_error", null, "Not allowed")
                    .answer(call);
        } else if (!request.path("model").isString() || request.path("messages").isEmpty()) {
            StandInBehaviour.fails(400, "invalid_request_error", null, "You must provide a model and messages")
                    .answer(call);
        } else if (!StandInWire.answersEveryCall(request)) {
            StandInBehaviour.fails(
                            400,
                            "invalid_request_error",
                            null,
                            "An assistant message with 'tool_calls' must be followed by tool messages")
                    .answer(call);
        } else {
            record(exchange, request).answer(call);
        }
    }

    private static JsonNode read(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        try {
            return StandInWire.JSON.readTree(body);
        } catch (JacksonException garbage) {
            return JsonNodeFactory.instance.missingNode();
        }
    }

    private synchronized StandInBehaviour record(HttpExchange exchange, JsonNode request) throws IOException {
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        Call call = new Call(key == null ? "" : key, StandInWire.firstUserMessage(request), Instant.now());
        calls.add(call);
        requests.add(request);
        if (ledger != null) {
            String line = StandInWire.JSON.writeValueAsString(call) + "\n";
            Files.writeString(
                    ledger, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        return script.isEmpty() ? usual : script.remove();
    }

    public static void main(String[] arguments) {
        int port = 0;
        Duration delay = Duration.ZERO;
        Path ledger = null;
        for (int index = 0; index + 1 < arguments.length; index += 2) {
            String value = arguments[index + 1];
            switch (arguments[index]) {
                case "--port" -> port = Integer.parseInt(value);
                case "--delay-ms" -> delay = Duration.ofMillis(Long.parseLong(value));
                case "--ledger" -> ledger = Path.of(value);
                default -> throw new IllegalArgumentException("Unknown option " + arguments[index]);
            }
        }
        StandInModel model = start(port, ledger);
        model.usually(StandInBehaviour.echoes().after(delay));
        System.out.println("port=" + model.port());
    }
}
