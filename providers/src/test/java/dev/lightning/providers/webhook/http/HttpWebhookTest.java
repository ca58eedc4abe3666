package dev.lightning.providers.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.testing.NotifySink;
import dev.lightning.providers.testing.SinkAnswer;
import dev.lightning.providers.testing.SinkCall;
import dev.lightning.providers.webhook.WebhookMessage;
import dev.lightning.providers.webhook.WebhookResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HttpWebhookTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwPGk5Rm9C9xE=";
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(600);

    private final NotifySink sink = NotifySink.start(SECRET);

    @AfterEach
    void stop() {
        sink.close();
    }

    @Test
    void posts_the_event_with_its_headers_and_a_signature_that_an_independent_computation_confirms() {
        WebhookResult result = post(settings(SECRET), message("{\"said\":\"grüß dich 😀\"}", PATIENCE));

        assertThat(result).isEqualTo(new WebhookResult.Accepted(200));
        SinkCall call = sink.calls().getFirst();
        assertThat(call.signatureOk()).isTrue();
        assertThat(call.webhookId()).isEqualTo("msg_owner_e1");
        assertThat(call.timestamp()).isEqualTo(Long.toString(NOW.getEpochSecond()));
        assertThat(call.eventId()).isEqualTo("e1");
        assertThat(call.eventType()).isEqualTo("user.message");
        assertThat(call.contentType()).isEqualTo("application/json");
        assertThat(call.body()).isEqualTo("{\"said\":\"grüß dich 😀\"}");
    }

    @Test
    void a_plain_secret_signs_with_its_own_bytes() {
        String plain = "a plain secret of more than 24 bytes";
        try (NotifySink receiver = NotifySink.start(plain)) {
            post(new NotifySettings(receiver.url().toString(), plain, List.of()), message("{}", PATIENCE));

            assertThat(receiver.calls().getFirst().signatureOk()).isTrue();
        }
    }

    @Test
    void another_secret_is_noticed() {
        post(settings("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="), message("{}", PATIENCE));

        assertThat(sink.calls().getFirst().signatureOk()).isFalse();
    }

    @Test
    void without_a_secret_there_is_an_id_and_a_time_but_no_signature() {
        post(settings(null), message("{}", PATIENCE));

        SinkCall call = sink.calls().getFirst();
        assertThat(call.webhookId()).isEqualTo("msg_owner_e1");
        assertThat(call.timestamp()).isNotNull();
        assertThat(call.signatureOk()).isFalse();
    }

    @Test
    void nobody_is_told_without_a_url() {
        assertThat(post(NotifySettings.unset(), message("{}", PATIENCE))).isEqualTo(new WebhookResult.NotConfigured());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204, 299})
    void any_2xx_is_accepted(int status) {
        sink.then(new SinkAnswer.Status(status));

        assertThat(post(settings(null), message("{}", PATIENCE))).isEqualTo(new WebhookResult.Accepted(status));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 408, 429, 500, 503})
    void everything_else_failed_and_says_only_the_status(int status) {
        sink.then(new SinkAnswer.Status(status));

        assertThat(post(settings(null), message("{}", PATIENCE)))
                .isEqualTo(new WebhookResult.Failed("answered " + status));
    }

    @Test
    void gone_is_gone() {
        sink.then(new SinkAnswer.Status(410));

        assertThat(post(settings(null), message("{}", PATIENCE))).isInstanceOf(WebhookResult.Gone.class);
    }

    @Test
    void a_redirect_is_not_followed() {
        try (NotifySink elsewhere = NotifySink.start(null)) {
            sink.then(new SinkAnswer.Redirect(elsewhere.url().toString()));

            WebhookResult result = post(settings(null), message("{}", PATIENCE));

            assertThat(result).isEqualTo(new WebhookResult.Failed("answered 302; redirects are not followed"));
            assertThat(elsewhere.calls()).isEmpty();
        }
    }

    @Test
    void a_receiver_that_hangs_ends_in_time() {
        sink.then(new SinkAnswer.Hang());

        long start = System.nanoTime();
        WebhookResult result = post(settings(null), message("{}", SHORT));

        assertThat(result).isInstanceOf(WebhookResult.Failed.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT.dividedBy(2), SHORT.plusSeconds(4));
    }

    @Test
    void a_receiver_that_trickles_its_answer_has_accepted_and_ends_in_time() {
        sink.then(new SinkAnswer.Trickle(200));

        long start = System.nanoTime();
        WebhookResult result = post(settings(null), message("{}", SHORT));

        assertThat(result).isEqualTo(new WebhookResult.Accepted(200));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.plusSeconds(4));
    }

    @Test
    void a_receiver_that_trickles_its_status_line_ends_in_time() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> trickle(server));

            long start = System.nanoTime();
            WebhookResult result = post(
                    new NotifySettings("http://127.0.0.1:" + server.getLocalPort() + "/", null, List.of()),
                    message("{}", SHORT));

            assertThat(result).isEqualTo(new WebhookResult.Failed("no answer within 600 ms"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.plusSeconds(4));
        }
    }

    @Test
    void a_name_server_that_hangs_ends_in_time() {
        DnsResolver hanging = resolver(() -> {
            try {
                Thread.currentThread().join();
            } catch (InterruptedException released) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException();
        });
        try (HttpWebhook webhook = new HttpWebhook(settings(null), InstantSource.fixed(NOW), hanging)) {
            assertThat(webhook.post(message("{}", SHORT))).isInstanceOf(WebhookResult.Failed.class);
        }
    }

    @Test
    void a_large_answer_is_cut_and_does_no_harm_to_the_next_message() {
        sink.then(new SinkAnswer.Flood(200, 50_000_000)).then(new SinkAnswer.Status(201));
        try (HttpWebhook webhook = new HttpWebhook(settings(null), InstantSource.system())) {
            assertThat(webhook.post(message("{}", PATIENCE))).isEqualTo(new WebhookResult.Accepted(200));
            assertThat(webhook.post(message("{}", PATIENCE))).isEqualTo(new WebhookResult.Accepted(201));
        }
    }

    @Test
    void an_endless_answer_is_cut() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            AtomicLong written = new AtomicLong();
            Thread flooding = Thread.ofVirtual().start(() -> flood(server, written));

            WebhookResult result = post(
                    new NotifySettings("http://127.0.0.1:" + server.getLocalPort() + "/", null, List.of()),
                    message("{}", PATIENCE));

            assertThat(result).isEqualTo(new WebhookResult.Accepted(200));
            flooding.join();
            assertThat(written).hasValueLessThan(20_000_000);
        }
    }

    @Test
    void a_refused_connection_failed() throws IOException {
        int free;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = taken.getLocalPort();
        }

        assertThat(post(new NotifySettings("http://127.0.0.1:" + free + "/", null, List.of()), message("{}", PATIENCE)))
                .isEqualTo(new WebhookResult.Failed("cannot connect"));
    }

    @Test
    void an_unknown_name_failed() {
        assertThat(post(new NotifySettings("http://nobody.invalid/", null, List.of()), message("{}", PATIENCE)))
                .isInstanceOf(WebhookResult.Failed.class);
    }

    @Test
    void a_certificate_that_nobody_vouches_for_failed(@TempDir Path folder) throws Exception {
        try (SelfSignedServer server = SelfSignedServer.start(folder)) {
            NotifySettings tls = new NotifySettings(server.url(), null, List.of());

            assertThat(post(tls, message("{}", PATIENCE))).isEqualTo(new WebhookResult.Failed("TLS failed"));
            assertThat(server.requests()).isZero();
        }
    }

    @Test
    void every_address_must_lie_in_an_allowed_network() throws IOException {
        InetAddress allowed = InetAddress.ofLiteral("127.0.0.1");
        InetAddress foreign = InetAddress.ofLiteral("192.0.2.7");
        NotifySettings loopback = new NotifySettings(named(), null, List.of("127.0.0.0/8"));

        assertThat(post(loopback, resolver(() -> new InetAddress[] {allowed})))
                .isEqualTo(new WebhookResult.Accepted(200));
        assertThat(post(loopback, resolver(() -> new InetAddress[] {allowed, foreign})))
                .isEqualTo(new WebhookResult.Failed("its address is not in NOTIFY_ALLOW_CIDR"));
        assertThat(sink.calls()).hasSize(1);
    }

    @Test
    void a_literal_address_is_checked_too() {
        NotifySettings elsewhere = new NotifySettings(sink.url().toString(), null, List.of("10.0.0.0/8"));

        assertThat(post(elsewhere, message("{}", PATIENCE)))
                .isEqualTo(new WebhookResult.Failed("its address is not in NOTIFY_ALLOW_CIDR"));
        assertThat(sink.calls()).isEmpty();
    }

    @Test
    void the_checked_address_is_the_one_connected_to() {
        AtomicInteger lookups = new AtomicInteger();
        DnsResolver rebinding = resolver(() ->
                new InetAddress[] {InetAddress.ofLiteral(lookups.getAndIncrement() == 0 ? "127.0.0.1" : "192.0.2.7")});

        assertThat(post(new NotifySettings(named(), null, List.of("127.0.0.0/8")), rebinding))
                .isEqualTo(new WebhookResult.Accepted(200));
        assertThat(lookups).hasValue(1);
    }

    private String named() {
        return "http://receiver.test:" + sink.url().getPort() + "/notify";
    }

    private NotifySettings settings(String secret) {
        return new NotifySettings(sink.url().toString(), secret, List.of());
    }

    private static WebhookMessage message(String body, Duration timeout) {
        return new WebhookMessage("msg_owner_e1", "e1", "user.message", body, timeout);
    }

    private static WebhookResult post(NotifySettings settings, WebhookMessage message) {
        try (HttpWebhook webhook = new HttpWebhook(settings, InstantSource.fixed(NOW))) {
            return webhook.post(message);
        }
    }

    private static WebhookResult post(NotifySettings settings, DnsResolver names) {
        try (HttpWebhook webhook = new HttpWebhook(settings, InstantSource.fixed(NOW), names)) {
            return webhook.post(message("{}", PATIENCE));
        }
    }

    private interface Lookup {
        InetAddress[] get() throws UnknownHostException;
    }

    private static DnsResolver resolver(Lookup lookup) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                return lookup.get();
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    private static void flood(ServerSocket server, AtomicLong written) {
        try (Socket socket = server.accept()) {
            OutputStream out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(new byte[8192]);
                written.addAndGet(8192);
            }
        } catch (IOException cut) {
            // the sender has had enough, as it should
        }
    }

    /** A byte of the answer every time the socket's own short read limit passes. */
    private static void trickle(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.setSoTimeout(40);
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            for (byte next : ("HTTP/1.1 200 OK\r\nX: " + ".".repeat(10_000)).getBytes(StandardCharsets.US_ASCII)) {
                out.write(next);
                out.flush();
                pause(in);
            }
        } catch (IOException gone) {
            // the sender hung up, as it should
        }
    }

    private static void pause(InputStream in) throws IOException {
        try {
            while (in.read() >= 0) {
                // the request, which nobody needs
            }
        } catch (java.net.SocketTimeoutException pauseOver) {
            // go on
        }
    }
}
