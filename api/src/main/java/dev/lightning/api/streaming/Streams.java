package dev.lightning.api.streaming;

import dev.lightning.api.errors.Problem;
import dev.lightning.api.security.Caller;
import dev.lightning.api.security.Expiring;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Knows the open streams: bounds them, and ends them before the web server starts to wait for open requests, since a
 * stream never ends by itself.
 */
public final class Streams implements SmartLifecycle {
    private static final long RECONNECT_MILLIS = 3_000;

    /** How long after a heartbeat a vanished client is noticed at the latest, which frees its place. */
    private static final Duration NOTICING = Duration.ofSeconds(1);

    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final StreamSettings settings;
    private final InstantSource clock;
    private final Map<String, Integer> openByUser = new ConcurrentHashMap<>();
    private final Set<Watch> open = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private volatile boolean stopped;

    public Streams(StreamSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Turns the response into a stream of what the feed tells, and returns when the feed, the caller's token or the
     * longest life of a stream has ended.
     *
     * <p>Only the request's own thread ever writes; being virtual, it costs little to keep. A write that fails on
     * another thread lets Tomcat hand the response's insides to the next request before the failure is noted in them.
     */
    public void open(Caller caller, Feed feed, HttpServletResponse response) throws IOException {
        String user = caller.owner().key();
        take(user);
        try {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setCharacterEncoding(StandardCharsets.UTF_8);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            SseWriter writer = new SseWriter(response.getOutputStream());
            writer.open(RECONNECT_MILLIS);
            tell(new Watch(feed, writer, new Watch.Rhythm(settings.heartbeat(), end(), clock)));
        } finally {
            release(user);
        }
    }

    private void tell(Watch watch) {
        open.add(watch);
        try {
            if (stopped) {
                watch.end();
            }
            watch.run();
        } finally {
            open.remove(watch);
        }
    }

    /** How many streams are open now. */
    public int count() {
        return openByUser.values().stream().mapToInt(Integer::intValue).sum();
    }

    private Instant end() {
        Instant latest = clock.instant().plus(settings.maxLife());
        return SecurityContextHolder.getContext().getAuthentication() instanceof Expiring token
                        && token.expiresAt().isBefore(latest)
                ? token.expiresAt()
                : latest;
    }

    private void take(String user) {
        boolean full = count() >= settings.total();
        int mine = openByUser.merge(user, 1, Integer::sum);
        if (full || mine > settings.perUser()) {
            release(user);
            throw Problem.tooManyRequests(settings.heartbeat().plus(NOTICING));
        }
    }

    private void release(String user) {
        openByUser.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        stopped = true;
        List<Watch> all = List.copyOf(open);
        all.forEach(Watch::end);
        Instant deadline = Instant.now().plus(LAST_WORDS);
        all.forEach(watch -> watch.awaitEnd(Duration.between(Instant.now(), deadline)));
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
