package dev.lightning.providers.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Stands between a client and a real service, and loses answers or refuses requests as a network or a busy service would. */
public final class FaultyProxy implements AutoCloseable {
    private static final Set<String> RESTRICTED =
            Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade");

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;
    private final int target;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Predicate<HttpExchange> losing = _ -> false;
    private volatile Predicate<HttpExchange> refusing = _ -> false;
    private volatile int status;
    private volatile String retryAfter = "0";

    /** In front of this port of this machine. */
    public FaultyProxy(int target) {
        this.target = target;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** How many requests have come. */
    public int requests() {
        return requests.get();
    }

    /** The service does what the next such request asks for, and the answer never arrives. */
    public void loseAnswerOfNext(String method) {
        AtomicInteger left = new AtomicInteger(1);
        losing = exchange -> exchange.getRequestMethod().equals(method) && left.getAndDecrement() > 0;
    }

    /** Answers so many requests with this status instead of passing them on. */
    public void refuse(int times, int withStatus, String withRetryAfter) {
        AtomicInteger left = new AtomicInteger(times);
        status = withStatus;
        retryAfter = withRetryAfter;
        refusing = _ -> left.getAndDecrement() > 0;
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (refusing.test(exchange)) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
            return;
        }
        HttpResponse<byte[]> answer = pass(exchange, body);
        if (losing.test(exchange)) {
            // Without headers the server cuts the connection.
            throw new IOException("lost on purpose");
        }
        answer.headers().map().forEach((name, values) -> {
            if (!RESTRICTED.contains(name)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
        exchange.close();
    }

    private HttpResponse<byte[]> pass(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + target + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!RESTRICTED.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
