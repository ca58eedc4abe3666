package dev.lightning.api.messages;

import dev.lightning.api.errors.Problem;
import dev.lightning.providers.storage.rows.MessageRows;
import dev.lightning.providers.stream.LiveStream;
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
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Knows the open streams: bounds them, and ends them before the web server starts to wait for open requests, since a
 * stream never ends by itself.
 */
public final class MessageStreams implements SmartLifecycle {
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
     * @param caller the key of the user whose limit it counts against
     * @param expiry when the caller's token ends
     */
    SseEmitter open(String caller, String ownerKey, long position, Instant expiry) {
        Instant latest = clock.instant().plus(settings.maxLife());
        Instant until = expiry.isBefore(latest) ? expiry : latest;
        take(caller);
        MessageWatch watch = new MessageWatch(
                messages, live, ownerKey, position, new MessageWatch.Rhythm(settings.heartbeat(), until, clock));
        open.add(watch);
        watch.start(() -> {
            open.remove(watch);
            release(caller);
        });
        if (stopped) {
            watch.end();
        }
        return watch.emitter();
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
