package dev.lightning.api.streaming;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a stream tells; asked again and again on the stream's own thread. */
public interface Feed {
    /**
     * Begins to listen for what would make it worth asking before the time is up.
     *
     * @return what ends the listening
     */
    default AutoCloseable listen(Ears ears) {
        return () -> {};
    }

    /**
     * Writes what is new.
     *
     * @return after how long to ask again at the latest, null when there will never be more
     * @throws IOException when the client is gone
     */
    @Nullable
    Duration tell(SseWriter out) throws IOException;

    /** How a feed is heard from any thread, without waiting. */
    interface Ears {
        /** There is something new to tell. */
        void ring();
    }
}
