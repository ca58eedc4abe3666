package dev.lightning.providers.stream;

import java.util.function.Consumer;

/** Carries what happens now to whoever watches. It may lose things: readers catch up from the store. */
public interface LiveStream {
    void publish(String topic, LiveItem item);

    /** Calls {@code watcher} for everything published to the topic until closed; a slow watcher is dropped, then {@code onDropped} runs. */
    Subscription subscribe(String topic, Consumer<LiveItem> watcher, Runnable onDropped);

    /** Ends with {@link #close()}. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
