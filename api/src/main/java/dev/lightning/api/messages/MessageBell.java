package dev.lightning.api.messages;

import dev.lightning.api.streaming.Feed;
import dev.lightning.providers.stream.LiveStream;
import org.jspecify.annotations.Nullable;

/** Rings for an owner's messages. Which they are does not matter to it, so one that was too slow just listens anew. */
final class MessageBell implements AutoCloseable {
    private final LiveStream live;
    private final String ownerKey;
    private final Feed.Ears ears;
    private LiveStream.@Nullable Subscription subscription;
    private boolean closed;

    private MessageBell(LiveStream live, String ownerKey, Feed.Ears ears) {
        this.live = live;
        this.ownerKey = ownerKey;
        this.ears = ears;
    }

    static MessageBell hung(LiveStream live, String ownerKey, Feed.Ears ears) {
        MessageBell bell = new MessageBell(live, ownerKey, ears);
        bell.listen();
        return bell;
    }

    private synchronized void listen() {
        if (!closed) {
            subscription = live.subscribe(ownerKey, _ -> ears.ring(), this::listenAnew);
        }
    }

    private void listenAnew() {
        listen();
        ears.ring();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (subscription != null) {
            subscription.close();
        }
    }
}
