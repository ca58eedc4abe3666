package dev.lightning.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lightning.api.MovableClock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.web.ErrorResponseException;

class AttemptLimitsTest {
    private final MovableClock clock = new MovableClock();
    private final AttemptLimits limits = new AttemptLimits(new LimitSettings(6, 2), clock);

    @Test
    void an_address_gets_so_many_attempts_a_minute() {
        attempts(6, "192.0.2.1");

        ErrorResponseException refusal = refusalOf("192.0.2.1");
        assertThat(refusal.getStatusCode().value()).isEqualTo(429);
        assertThat(refusal.getHeaders().getFirst("Retry-After")).isEqualTo("10");
        assertThatCode(() -> attempts(1, "192.0.2.2")).doesNotThrowAnyException();

        clock.move(Duration.ofSeconds(10));
        assertThatCode(() -> attempts(1, "192.0.2.1")).doesNotThrowAnyException();
        assertThat(refusalOf("192.0.2.1")).isNotNull();
    }

    @Test
    void a_customers_many_addresses_count_as_one() {
        IntStream.range(0, 6).forEach(host -> limits.attemptFrom("2001:db8:1:2::" + host));

        assertThat(refusalOf("2001:db8:1:2:ffff::9")).isNotNull();
        assertThatCode(() -> attempts(1, "2001:db8:1:3::1")).doesNotThrowAnyException();
    }

    @Test
    void what_parallel_guesses_overdraw_is_waited_for() {
        IntStream.range(0, 4).forEach(_ -> limits.failedLogin("alice"));

        ErrorResponseException refusal =
                catchThrowableOfType(ErrorResponseException.class, () -> limits.beforeLogin("alice"));
        assertThat(refusal.getHeaders().getFirst("Retry-After")).isEqualTo("90");
    }

    @Test
    void strangers_cannot_fill_the_memory() {
        BoundedMap<Integer, String> map = new BoundedMap<>(100);

        IntStream.range(0, 10_000).forEach(name -> map.put(name, "x"));

        assertThat(map).hasSize(100).containsKey(9_999);
    }

    private void attempts(int count, String address) {
        IntStream.range(0, count).forEach(_ -> limits.attemptFrom(address));
    }

    private ErrorResponseException refusalOf(String address) {
        return catchThrowableOfType(ErrorResponseException.class, () -> limits.attemptFrom(address));
    }
}
