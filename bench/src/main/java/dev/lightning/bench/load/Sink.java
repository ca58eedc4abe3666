package dev.lightning.bench.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The receiver of notifications: answers at once and tells those who wait for a load whose event came back. */
public final class Sink implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Consumer<String>> loads = new ConcurrentHashMap<>();

    private Sink(HttpServer server) {
        this.server = server;
    }

    /** Listens on this port of the loopback, 0 for a free one. */
    public static Sink start(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        Sink sink = new Sink(server);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", sink::receive);
        server.start();
        return sink;
    }

    /** What {@code NOTIFY_URL} is to be. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** From now on tells this listener the ids of the events of this load; also when they come late or again. */
    public void tell(String load, Consumer<String> listener) {
        loads.put(load, listener);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode event = JsonMapper.shared().readTree(exchange.getRequestBody());
            String id = event.path("correlationId").asString("");
            loads.getOrDefault(LoadId.loadOf(id), _ -> {}).accept(id);
            exchange.sendResponseHeaders(204, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
