package dev.lightning.providers.stream.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lightning.providers.stream.LiveItem;
import dev.lightning.providers.stream.LiveStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InProcessLiveStreamTest {
    private final InProcessLiveStream stream = new InProcessLiveStream(4);
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch dropped = new CountDownLatch(1);

    @Test
    void a_watcher_sees_its_topic_in_order() {
        InProcessLiveStream roomy = new InProcessLiveStream();
        roomy.subscribe("alice", item -> seen.add(item.id()), dropped::countDown);

        IntStream.range(0, 100).forEach(n -> roomy.publish("alice", item(n)));
        roomy.publish("bob", item(1000));

        await().untilAsserted(() -> assertThat(seen).hasSize(100));
        assertThat(seen)
                .isEqualTo(IntStream.range(0, 100).mapToObj(Integer::toString).toList());
    }

    @Test
    void a_slow_watcher_is_dropped_and_holds_up_neither_publisher_nor_others() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(1);
        stream.subscribe(
                "alice",
                item -> {
                    stuck.countDown();
                    hold(release);
                },
                dropped::countDown);
        stream.publish("alice", item(0));
        stuck.await();
        stream.subscribe("alice", item -> seen.add(item.id()), () -> {});

        for (int n = 1; n <= 10; n++) {
            stream.publish("alice", item(n));
            int expected = n;
            await().untilAsserted(() -> assertThat(seen).hasSize(expected));
        }

        dropped.await();
        release.countDown();
    }

    @Test
    void a_watcher_that_fails_is_told_that_it_is_out() throws InterruptedException {
        stream.subscribe(
                "alice",
                item -> {
                    throw new IllegalStateException("a defect of the watcher");
                },
                dropped::countDown);

        stream.publish("alice", item(1));

        dropped.await();
        assertThat(stream.topics()).isZero();
    }

    @Test
    void nothing_is_kept_of_a_watcher_that_closed() {
        LiveStream.Subscription first = stream.subscribe("alice", item -> seen.add(item.id()), dropped::countDown);
        LiveStream.Subscription second = stream.subscribe("alice", item -> seen.add(item.id()), dropped::countDown);

        first.close();
        second.close();
        second.close();
        stream.publish("alice", item(1));

        assertThat(stream.topics()).isZero();
        assertThat(seen).isEmpty();
        assertThat(dropped.getCount()).isEqualTo(1);
    }

    private static LiveItem item(int n) {
        return new LiveItem(Integer.toString(n), "message", "{}");
    }

    private static void hold(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
