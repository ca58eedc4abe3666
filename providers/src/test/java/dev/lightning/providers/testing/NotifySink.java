package dev.lightning.providers.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A receiver of notifications that writes down every call before it answers, so that a test can join what was sent with
 * what was accepted. It runs inside a test or, for tests that kill everything else, as a process of its own.
 */
public final class NotifySink implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final SinkAnswer FINE = new SinkAnswer.Status(200);

    private final List<SinkCall> calls = new CopyOnWriteArrayList<>();
    private final Queue<SinkAnswer> script = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final @Nullable Path ledger;
    private final @Nullable String secret;
    private volatile SinkAnswer otherwise = FINE;

    private NotifySink(int port, @Nullable Path ledger, @Nullable String secret) {
        this.ledger = ledger;
        this.secret = secret;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        server.createContext("/", this::receive);
        server.setExecutor(threads);
        server.start();
    }

    /** A sink on a free port that checks signatures when there is a secret. */
    public static NotifySink start(@Nullable String secret) {
        return new NotifySink(0, null, secret);
    }

    /** A sink on this port, 0 for a free one, that also appends every call to a file, one JSON line each. */
    public static NotifySink start(int port, @Nullable Path ledger, @Nullable String secret) {
        return new NotifySink(port, ledger, secret);
    }

    /** Runs until killed: {@code --port N --ledger FILE [--secret S] [--statuses 500,200,...]}; prints {@code port=N}. */
    public static void main(String[] arguments) throws InterruptedException {
        Map<String, String> options = new LinkedHashMap<>();
        for (int at = 0; at + 1 < arguments.length; at += 2) {
            options.put(arguments[at], arguments[at + 1]);
        }
        String ledger = options.get("--ledger");
        NotifySink sink = start(
                Integer.parseInt(options.getOrDefault("--port", "0")),
                ledger == null ? null : Path.of(ledger),
                options.get("--secret"));
        Arrays.stream(options.getOrDefault("--statuses", "").split(","))
                .filter(status -> !status.isBlank())
                .forEach(status -> sink.then(new SinkAnswer.Status(Integer.parseInt(status.strip()))));
        System.out.println("port=" + sink.url().getPort());
        sink.closed.await();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/notify");
    }

    /** What to do with the next request, after what was said before. */
    public NotifySink then(SinkAnswer answer) {
        script.add(answer);
        return this;
    }

    /** What to do with every request that the script does not cover; 200 unless told. */
    public NotifySink otherwise(SinkAnswer answer) {
        otherwise = answer;
        return this;
    }

    public List<SinkCall> calls() {
        return List.copyOf(calls);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void receive(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        SinkAnswer scripted = script.poll();
        SinkAnswer answer = scripted == null ? otherwise : scripted;
        note(exchange, body, status(answer));
        try (exchange) {
            answer(exchange, answer);
        } catch (IOException gone) {
            // the sender hung up, which some tests want
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, SinkAnswer answer) throws IOException, InterruptedException {
        switch (answer) {
            case SinkAnswer.Status(int status) -> send(exchange, status, "{}".getBytes(StandardCharsets.UTF_8));
            case SinkAnswer.Flood(int status, int bytes) -> send(exchange, status, new byte[bytes]);
            case SinkAnswer.Hang() -> closed.await();
            case SinkAnswer.Redirect(String location) -> {
                exchange.getResponseHeaders().set("Location", location);
                exchange.sendResponseHeaders(302, -1);
            }
            case SinkAnswer.Trickle(int status) -> {
                exchange.sendResponseHeaders(status, 0);
                OutputStream out = exchange.getResponseBody();
                while (!closed.await(50, TimeUnit.MILLISECONDS)) {
                    out.write('.');
                    out.flush();
                }
            }
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static int status(SinkAnswer answer) {
        return switch (answer) {
            case SinkAnswer.Status(int status) -> status;
            case SinkAnswer.Flood(int status, int _) -> status;
            case SinkAnswer.Trickle(int status) -> status;
            case SinkAnswer.Redirect _ -> 302;
            case SinkAnswer.Hang _ -> 0;
        };
    }

    private void note(HttpExchange exchange, byte[] body, int status) throws IOException {
        SinkCall call = new SinkCall(
                header(exchange, "webhook-id"),
                header(exchange, "webhook-timestamp"),
                header(exchange, "X-Event-Id"),
                header(exchange, "X-Event-Type"),
                header(exchange, "Content-Type"),
                new String(body, StandardCharsets.UTF_8),
                sha256(body),
                status,
                signatureOk(exchange, body));
        calls.add(call);
        if (ledger != null) {
            append(ledger, call);
        }
    }

    private synchronized void append(Path file, SinkCall call) throws IOException {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("webhookId", call.webhookId());
        line.put("eventId", call.eventId());
        line.put("eventType", call.eventType());
        line.put("bodySha256", call.bodySha256());
        line.put("status", call.status());
        line.put("signatureOk", call.signatureOk());
        Files.writeString(
                file, JSON.writeValueAsString(line) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Computed with the JDK alone, so that it does not share a mistake with the sender. */
    private @Nullable Boolean signatureOk(HttpExchange exchange, byte[] body) {
        if (secret == null) {
            return null;
        }
        byte[] key = secret.startsWith("whsec_")
                ? Base64.getDecoder().decode(secret.substring(6))
                : secret.getBytes(StandardCharsets.UTF_8);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((header(exchange, "webhook-id") + "." + header(exchange, "webhook-timestamp") + ".")
                    .getBytes(StandardCharsets.UTF_8));
            String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
            return expected.equals(header(exchange, "webhook-signature"));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static @Nullable String header(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
