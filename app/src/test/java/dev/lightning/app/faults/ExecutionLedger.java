package dev.lightning.app.faults;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts how often programs really began, by what they ask it over the network: outside the product and its runtimes. */
final class ExecutionLedger implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Integer> begun = new ConcurrentHashMap<>();

    private ExecutionLedger(HttpServer server) {
        this.server = server;
        server.createContext("/", exchange -> {
            int count = begun.merge(exchange.getRequestURI().getPath().substring(1), 1, Integer::sum);
            byte[] answer = Integer.toString(count).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    static ExecutionLedger start() {
        try {
            return new ExecutionLedger(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shell words that tell of a beginning, as what they print: which one it is, counted from 1. */
    String beginning(String tool) {
        return "wget -q -O - http://127.0.0.1:" + server.getAddress().getPort() + "/" + tool
                + "/$(grep -o 'round-[a-z0-9]*' | head -n 1)";
    }

    /** How often each has begun, as {@code <tool>/<event>}. */
    Map<String, Integer> begun() {
        return Map.copyOf(begun);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
