package dev.lightning.api.events;

import dev.lightning.providers.Sha256;
import dev.lightning.workflows.events.EventId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/** Makes event ids: new ones, and the ones that stand for a name from outside our alphabet. */
final class EventIds {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int HASH_CHARACTERS = 40;

    private EventIds() {}

    /** A UUID of version 7, so that ids made later sort later. */
    static EventId next(Instant now) {
        long high = (now.toEpochMilli() << 16) | 0x7000L | RANDOM.nextInt(1 << 12);
        long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new EventId(new UUID(high, low).toString());
    }

    /** The id that an {@code Idempotency-Key} names: itself where it can be one. */
    static EventId ofKey(String key) {
        return new EventId(EventId.isPostable(key) ? key : "key-" + hash(key));
    }

    /** The identity of a CloudEvent is its source and its id together. */
    static EventId ofCloudEvent(String source, String id) {
        return new EventId("ce-" + hash(source + "\0" + id));
    }

    private static String hash(String text) {
        byte[] hash = Sha256.of(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash).substring(0, HASH_CHARACTERS);
    }
}
