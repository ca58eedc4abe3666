package dev.lightning.providers.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lightning.providers.model.ModelResult.Replied;
import dev.lightning.providers.model.ModelResult.Throttled;
import dev.lightning.providers.model.ModelResult.Unavailable;
import dev.lightning.providers.model.ModelResult.Usage;
import dev.lightning.providers.model.demo.DemoChatModel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LimitedChatModelTest extends ChatModelContract {
    private static final Duration NO_TIME = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final ModelRequest REQUEST = ModelRequest.of(null, List.of(), "owner/event/chat");

    private final SlowModel slow = new SlowModel();

    @Override
    protected ChatModel model() {
        return new LimitedChatModel(new DemoChatModel(), new ModelLimitSettings(null, null));
    }

    @Test
    void asks_no_more_at_once_than_it_may_and_everybody_gets_a_turn() throws Exception {
        ChatModel limited = new LimitedChatModel(slow, new ModelLimitSettings(2, 0.0), LONG);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ModelResult>> answers = IntStream.range(0, 6)
                    .mapToObj(n -> callers.submit(() -> limited.complete(REQUEST)))
                    .toList();
            await().until(() -> slow.running.get() == 2);
            slow.mayAnswer.countDown();

            for (Future<ModelResult> answer : answers) {
                assertThat(answer.get()).isInstanceOf(Replied.class);
            }
        }
        assertThat(slow.mostAtOnce.get()).isEqualTo(2);
        assertThat(slow.calls.get()).isEqualTo(6);
    }

    @Test
    void who_gets_no_turn_in_time_is_told_to_come_back_and_the_model_is_not_asked() throws Exception {
        ChatModel limited = new LimitedChatModel(slow, new ModelLimitSettings(1, 0.0), NO_TIME);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ModelResult> first = callers.submit(() -> limited.complete(REQUEST));
            await().until(() -> slow.running.get() == 1);

            assertThat(limited.complete(REQUEST))
                    .isEqualTo(new Throttled(NO_TIME, "All model calls of this process are taken"));

            slow.mayAnswer.countDown();
            assertThat(first.get()).isInstanceOf(Replied.class);
        }
        assertThat(limited.complete(REQUEST)).isInstanceOf(Replied.class);
        assertThat(slow.calls.get()).isEqualTo(2);
    }

    @Test
    void asks_no_more_often_than_it_may() {
        slow.mayAnswer.countDown();
        ChatModel limited = new LimitedChatModel(slow, new ModelLimitSettings(10, 0.001), NO_TIME);

        assertThat(limited.complete(REQUEST)).isInstanceOf(Replied.class);
        assertThat(limited.complete(REQUEST))
                .isEqualTo(new Throttled(NO_TIME, "This process makes as many model calls a second as it may"));
        assertThat(slow.calls.get()).isEqualTo(1);
    }

    @Test
    void waits_for_its_turn_in_the_rate() {
        slow.mayAnswer.countDown();
        ChatModel limited = new LimitedChatModel(slow, new ModelLimitSettings(10, 20.0), LONG);
        long start = System.nanoTime();

        IntStream.range(0, 30)
                .forEach(n -> assertThat(limited.complete(REQUEST)).isInstanceOf(Replied.class));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(400));
    }

    @Test
    void a_failed_call_gives_its_turn_back() {
        ChatModel limited = new LimitedChatModel(
                request -> {
                    throw new IllegalStateException("a bug");
                },
                new ModelLimitSettings(1, 0.0),
                NO_TIME);

        for (int n = 0; n < 3; n++) {
            assertThatThrownBy(() -> limited.complete(REQUEST)).hasMessage("a bug");
        }
    }

    @Test
    void an_interrupt_ends_the_wait() throws Exception {
        ChatModel limited = new LimitedChatModel(slow, new ModelLimitSettings(1, 0.0), LONG);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ModelResult> first = callers.submit(() -> limited.complete(REQUEST));
            await().until(() -> slow.running.get() == 1);
            CountDownLatch ended = new CountDownLatch(1);
            Thread waiting = Thread.startVirtualThread(() -> {
                if (limited.complete(REQUEST) instanceof Unavailable
                        && Thread.currentThread().isInterrupted()) {
                    ended.countDown();
                }
            });
            await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

            waiting.interrupt();

            ended.await();
            slow.mayAnswer.countDown();
            assertThat(first.get()).isInstanceOf(Replied.class);
        }
    }

    /** Answers when it is told to, and counts who is waiting for it. */
    private static final class SlowModel implements ChatModel {
        private final CountDownLatch mayAnswer = new CountDownLatch(1);
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger mostAtOnce = new AtomicInteger();

        @Override
        public ModelResult complete(ModelRequest request) {
            calls.incrementAndGet();
            int now = running.incrementAndGet();
            mostAtOnce.accumulateAndGet(now, Math::max);
            try {
                mayAnswer.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } finally {
                running.decrementAndGet();
            }
            return new Replied("yes", "slow", "stop", new Usage(1, 1, 2), false);
        }
    }
}
