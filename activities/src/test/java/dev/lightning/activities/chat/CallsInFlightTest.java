package dev.lightning.activities.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lightning.activities.chat.CallsInFlight.Call;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class CallsInFlightTest {
    private static final long LONG_ENOUGH = 10_000;

    private final CallsInFlight<String> calls = new CallsInFlight<>();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger interrupted = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);

    /** Asks, which may be interrupted, then records, which may not. */
    private final Function<Call<String>, String> work = call -> {
        String asked = call.interruptibly(() -> {
            made.incrementAndGet();
            try {
                gate.await();
                return "asked";
            } catch (InterruptedException calledOff) {
                interrupted.incrementAndGet();
                return "interrupted";
            }
        });
        return asked + (Thread.currentThread().isInterrupted() ? ", disturbed" : ", recorded");
    };

    @Test
    void equal_keys_share_a_call_and_others_do_not() throws Exception {
        Call<String> first = calls.join("a", work);
        Call<String> second = calls.join("a", work);
        Call<String> other = calls.join("b", work);
        gate.countDown();

        assertThat(second).isSameAs(first).isNotSameAs(other);
        assertThat(first.await(LONG_ENOUGH)).isEqualTo("asked, recorded");
        assertThat(other.await(LONG_ENOUGH)).isEqualTo("asked, recorded");
        assertThat(made).hasValue(2);
    }

    @Test
    void a_finished_call_is_not_joined() throws Exception {
        gate.countDown();
        calls.join("a", work).await(LONG_ENOUGH);
        calls.join("a", work).await(LONG_ENOUGH);

        assertThat(made).hasValue(2);
    }

    @Test
    void a_call_that_everybody_left_goes_on_for_the_next_attempt() throws Exception {
        Call<String> abandoned = calls.join("a", work);
        await().until(() -> made.get() == 1);
        abandoned.leave();
        Call<String> next = calls.join("a", work);
        gate.countDown();

        assertThat(next).isSameAs(abandoned);
        assertThat(next.await(LONG_ENOUGH)).isEqualTo("asked, recorded");
    }

    @Test
    void a_call_ends_only_when_the_last_attempt_calls_it_off() throws Exception {
        Call<String> call = calls.join("a", work);
        calls.join("a", work);
        await().until(() -> made.get() == 1);

        call.callOff();
        assertThat(call.await(50)).isNull();
        call.callOff();

        assertThat(call.await(LONG_ENOUGH)).isEqualTo("interrupted, recorded");
        assertThat(interrupted).hasValue(1);
    }

    @Test
    void a_call_that_was_called_off_is_not_joined() throws Exception {
        Call<String> first = calls.join("a", work);
        await().until(() -> made.get() == 1);
        first.callOff();
        Call<String> second = calls.join("a", work);
        gate.countDown();

        assertThat(second).isNotSameAs(first);
        assertThat(second.await(LONG_ENOUGH)).isEqualTo("asked, recorded");
    }

    @Test
    void a_bug_reaches_everybody_who_waits() {
        Call<String> call = calls.join("a", _ -> {
            throw new IllegalStateException("bug");
        });

        assertThatThrownBy(() -> call.await(LONG_ENOUGH))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("bug");
    }
}
