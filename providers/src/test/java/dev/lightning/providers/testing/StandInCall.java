package dev.lightning.providers.testing;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** One request that a {@link StandInBehaviour} answers as it likes. */
public final class StandInCall {
    private final HttpExchange exchange;
    private final JsonNode request;
    private final CountDownLatch closed;

    StandInCall(HttpExchange exchange, JsonNode request, CountDownLatch closed) {
        this.exchange = exchange;
        this.request = request;
        this.closed = closed;
    }

    public JsonNode request() {
        return request;
    }

    public boolean isStreaming() {
        return request.path("stream").asBoolean(false);
    }

    public String authorization() {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        return header == null ? "" : header;
    }

    public void header(String name, String value) {
        exchange.getResponseHeaders().set(name, value);
    }

    public void send(int status, String contentType, byte[] body) throws IOException {
        header("Content-Type", contentType);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Promises {@code total} bytes, 0 for a stream without an announced end, and leaves the sending to the caller. */
    public HttpExchange begin(int status, String contentType, long total) throws IOException {
        header("Content-Type", contentType);
        exchange.sendResponseHeaders(status, total);
        return exchange;
    }

    /** Waits until that time is over or the stand-in is closed. */
    public void pause(long millis) {
        try {
            closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Cuts the connection, whatever was promised. */
    public void drop() {
        exchange.close();
    }
}
