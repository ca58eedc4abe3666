package dev.lightning.api.messages;

import dev.lightning.api.errors.Problem;
import dev.lightning.providers.storage.rows.MessageRows;
import dev.lightning.providers.stream.LiveStream;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponseException;

/**
 * Knows the open streams: bounds them, and ends them before the web server starts to wait for open requests, since a
 * stream never ends by itself.
 */
public final class MessageStreams implements SmartLifecycle {
    /** The request and the response that becomes the stream. */
    record Exchange(HttpServletRequest request, HttpServletResponse response) {}

    private static final long RECONNECT_MILLIS = 3_000;
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final MessageRows messages;
    private final LiveStream live;
    private final MessageStreamSettings settings;
    private final InstantSource clock;
    private final Map<String, Integer> openByUser = new ConcurrentHashMap<>();
    private final Set<MessageWatch> open = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private volatile boolean stopped;

    public MessageStreams(MessageRows messages, LiveStream live, MessageStreamSettings settings, InstantSource clock) {
        this.messages = messages;
        this.live = live;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Opens a stream of the owner's messages after a position.
     *
     * <p>The first words are written by the request's own thread, so that a client that has gone by then is an ordinary
     * error. Later only the watch writes, and only it ends the exchange: two threads doing so at once make Tomcat lose
     * count of its open requests, which is also why Spring's emitter, whose first events are written by both, is not
     * used.
     *
     * @param caller the key of the user whose limit it counts against
     * @param expiry when the caller's token ends
     */
    void open(String caller, String ownerKey, long position, Instant expiry, Exchange exchange) throws IOException {
        Instant latest = clock.instant().plus(settings.maxLife());
        Instant until = expiry.isBefore(latest) ? expiry : latest;
        take(caller);
        try {
            SseWriter writer = new SseWriter(exchange.response().getOutputStream());
            writer.open(RECONNECT_MILLIS);
            AsyncContext async = exchange.request().startAsync();
            async.setTimeout(0);
            MessageWatch watch = new MessageWatch(
                    messages,
                    live,
                    ownerKey,
                    position,
                    writer,
                    new MessageWatch.Rhythm(settings.heartbeat(), until, clock));
            open.add(watch);
            watch.start(async::complete, () -> {
                open.remove(watch);
                release(caller);
            });
            if (stopped) {
                watch.end();
            }
        } catch (IOException | RuntimeException notOpened) {
            release(caller);
            throw notOpened;
        }
    }

    int openStreams() {
        return open.size();
    }

    private void take(String caller) {
        boolean full = open.size() >= settings.total();
        int mine = openByUser.merge(caller, 1, Integer::sum);
        if (full || mine > settings.perUser()) {
            release(caller);
            long seconds = Math.max(1, settings.heartbeat().toSeconds());
            ErrorResponseException tooMany = Problem.TOO_MANY_REQUESTS.with(seconds);
            tooMany.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
            throw tooMany;
        }
    }

    private void release(String caller) {
        openByUser.computeIfPresent(caller, (_, count) -> count == 1 ? null : count - 1);
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        stopped = true;
        List<MessageWatch> all = List.copyOf(open);
        all.forEach(MessageWatch::end);
        Instant deadline = Instant.now().plus(LAST_WORDS);
        all.forEach(watch -> watch.awaitEnd(Duration.between(Instant.now(), deadline)));
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
