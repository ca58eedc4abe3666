package dev.lightning.providers.stream.inprocess;

import dev.lightning.providers.stream.LiveItem;
import dev.lightning.providers.stream.LiveStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Carries items between threads of this process. A publisher only ever puts them into queues that may be full. */
public final class InProcessLiveStream implements LiveStream {
    private static final int QUEUE = 256;

    private final Map<String, Set<Watch>> topics = new ConcurrentHashMap<>();
    private final int queueSize;

    public InProcessLiveStream() {
        this(QUEUE);
    }

    InProcessLiveStream(int queueSize) {
        this.queueSize = queueSize;
    }

    @Override
    public void publish(String topic, LiveItem item) {
        topics.getOrDefault(topic, Set.of()).forEach(watch -> watch.offer(item));
    }

    @Override
    public Subscription subscribe(String topic, Consumer<LiveItem> watcher, Runnable onDropped) {
        Watch watch = new Watch(queueSize, watcher, onDropped, gone -> forget(topic, gone));
        topics.compute(topic, (_, present) -> {
            Set<Watch> watches = present == null ? ConcurrentHashMap.newKeySet() : present;
            watches.add(watch);
            return watches;
        });
        watch.start();
        return watch;
    }

    int topics() {
        return topics.size();
    }

    private void forget(String topic, Watch gone) {
        topics.computeIfPresent(topic, (_, watches) -> {
            watches.remove(gone);
            return watches.isEmpty() ? null : watches;
        });
    }
}
