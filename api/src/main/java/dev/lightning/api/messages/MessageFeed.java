package dev.lightning.api.messages;

import dev.lightning.api.streaming.Feed;
import dev.lightning.api.streaming.SseWriter;
import dev.lightning.providers.storage.rows.MessageRow;
import dev.lightning.providers.storage.rows.MessageRows;
import dev.lightning.providers.stream.LiveStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Tells an owner's messages after a position. The live stream is only its bell: what it tells it reads from the store,
 * in the store's order, so that nothing is missing or twice.
 */
final class MessageFeed implements Feed {
    private static final int PAGE = 20;
    /** When to look without having been rung for, since the bell may be lost. */
    private static final Duration ANYWAY = Duration.ofSeconds(15);

    private final MessageRows messages;
    private final LiveStream live;
    private final String ownerKey;
    private long position;

    MessageFeed(MessageRows messages, LiveStream live, String ownerKey, long position) {
        this.messages = messages;
        this.live = live;
        this.ownerKey = ownerKey;
        this.position = position;
    }

    @Override
    public AutoCloseable listen(Ears ears) {
        return MessageBell.hung(live, ownerKey, ears);
    }

    @Override
    public Duration tell(SseWriter out) throws IOException {
        List<MessageRow> next = messages.after(ownerKey, position, PAGE);
        for (MessageRow row : next) {
            out.event("message", row.id(), messages.body(row));
            position = row.sequence();
        }
        return next.isEmpty() ? ANYWAY : Duration.ZERO;
    }
}
