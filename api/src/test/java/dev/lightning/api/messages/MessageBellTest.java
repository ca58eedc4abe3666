package dev.lightning.api.messages;

import static org.awaitility.Awaitility.await;

import dev.lightning.providers.stream.LiveItem;
import dev.lightning.providers.stream.inprocess.InProcessLiveStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MessageBellTest {
    private final InProcessLiveStream live = new InProcessLiveStream();

    @Test
    void a_bell_that_was_too_slow_rings_for_what_it_missed_and_for_what_comes_after() throws Exception {
        AtomicInteger rings = new AtomicInteger();
        CountDownLatch held = new CountDownLatch(1);
        try (MessageBell _ = MessageBell.hung(live, "owner", () -> {
            rings.incrementAndGet();
            awaitQuietly(held);
        })) {
            publish();
            await().until(() -> rings.get() == 1);
            for (int n = 0; n < 1_000; n++) {
                publish();
            }
            held.countDown();
            await().until(() -> rings.get() > 1);

            int before = rings.get();
            await().until(() -> {
                publish();
                return rings.get() > before + 1;
            });
        }
    }

    private void publish() {
        live.publish("owner", new LiveItem("e", "message", "{}"));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
