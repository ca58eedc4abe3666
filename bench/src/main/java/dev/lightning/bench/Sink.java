package dev.lightning.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The receiver of notifications: answers at once and tells the stopwatch whose event came back. */
final class Sink implements AutoCloseable {
    private final HttpServer server;

    private Sink(HttpServer server) {
        this.server = server;
    }

    static Sink start(int port, Stopwatch stopwatch) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> receive(exchange, stopwatch));
        server.start();
        return new Sink(server);
    }

    private static void receive(HttpExchange exchange, Stopwatch stopwatch) throws IOException {
        try (exchange) {
            JsonNode event = JsonMapper.shared().readTree(exchange.getRequestBody());
            stopwatch.notified(event.path("correlationId").asString(""));
            exchange.sendResponseHeaders(204, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
