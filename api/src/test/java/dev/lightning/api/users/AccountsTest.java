package dev.lightning.api.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.lightning.api.MovableClock;
import dev.lightning.api.security.AttemptLimits;
import dev.lightning.api.security.LimitSettings;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.UserRows;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.ErrorResponseException;

class AccountsTest {
    private static final String PASSWORD = "a kestrel at noon";

    private final MovableClock clock = new MovableClock();
    private final UserRows rows = new UserRows(new InMemoryEntityStore());
    private final CountingEncoder encoder = new CountingEncoder();
    private final Accounts accounts = accounts(Duration.ofSeconds(10));

    @BeforeEach
    void alice_is_registered() {
        accounts.register("alice", PASSWORD);
    }

    @Test
    void the_right_password_passes() {
        assertThatCode(() -> accounts.authenticate("alice", PASSWORD)).doesNotThrowAnyException();
    }

    @Test
    void a_wrong_password_and_a_wrong_name_are_the_same_answer_for_the_same_work() {
        int start = encoder.operations();
        ErrorResponseException wrongPassword = refusal("alice", "something else");
        int afterPassword = encoder.operations();
        ErrorResponseException wrongName = refusal("bob", PASSWORD);
        int afterName = encoder.operations();
        ErrorResponseException impossibleName = refusal("a:b\n", PASSWORD);
        int afterImpossible = encoder.operations();

        assertThat(List.of(afterPassword - start, afterName - afterPassword, afterImpossible - afterName))
                .containsOnly(1);
        assertThat(wrongPassword.getBody()).isEqualTo(wrongName.getBody()).isEqualTo(impossibleName.getBody());
        assertThat(wrongPassword.getStatusCode().value()).isEqualTo(401);
    }

    @Test
    void a_disabled_account_is_like_none() {
        rows.put(rows.find("alice").orElseThrow().withDisabled(true));
        int before = encoder.operations();

        ErrorResponseException refusal = refusal("alice", PASSWORD);

        assertThat(encoder.operations() - before).isEqualTo(1);
        assertThat(refusal.getBody()).isEqualTo(refusal("nobody", PASSWORD).getBody());
    }

    @Test
    void a_password_of_a_megabyte_costs_no_work() {
        int before = encoder.operations();

        refusal("alice", "x".repeat(1_000_000));

        assertThat(encoder.operations()).isEqualTo(before);
    }

    @Test
    void at_most_four_hashes_run_at_once() throws Exception {
        encoder.shutGate();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> logins = IntStream.range(0, 12)
                    .<Future<?>>mapToObj(_ -> people.submit(() -> accounts.authenticate("alice", PASSWORD)))
                    .toList();
            await().until(() -> encoder.busy() == 4);
            encoder.openGate();
            for (Future<?> login : logins) {
                login.get();
            }
        }

        assertThat(encoder.busiest()).isEqualTo(4);
    }

    @Test
    void who_would_have_to_wait_too_long_is_told_to_come_back() throws Exception {
        Accounts impatient = accounts(Duration.ofMillis(50));
        encoder.shutGate();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 4).forEach(_ -> people.execute(() -> impatient.authenticate("alice", PASSWORD)));
            await().until(() -> encoder.busy() == 4);

            ErrorResponseException refusal =
                    catchThrowableOfType(ErrorResponseException.class, () -> impatient.authenticate("alice", PASSWORD));

            assertThat(refusal.getStatusCode().value()).isEqualTo(429);
            assertThat(refusal.getHeaders().getFirst("Retry-After")).isEqualTo("1");
            encoder.openGate();
        }
    }

    @Test
    void guessing_is_slowed_down_for_a_name_that_exists_as_for_one_that_does_not() {
        for (String name : List.of("alice", "nobody")) {
            IntStream.range(0, 3).forEach(_ -> refusal(name, "a wrong guess"));
            int before = encoder.operations();

            ErrorResponseException slowed = refusal(name, PASSWORD);

            assertThat(slowed.getStatusCode().value()).isEqualTo(429);
            assertThat(slowed.getHeaders().getFirst("Retry-After")).isEqualTo("20");
            assertThat(encoder.operations()).isEqualTo(before);
        }

        clock.move(Duration.ofSeconds(20));
        assertThatCode(() -> accounts.authenticate("alice", PASSWORD)).doesNotThrowAnyException();
    }

    @Test
    void logging_in_well_is_never_slowed_down() {
        assertThatCode(() -> IntStream.range(0, 50).forEach(_ -> accounts.authenticate("alice", PASSWORD)))
                .doesNotThrowAnyException();
    }

    @Test
    void one_of_many_equal_registrations_wins() throws Exception {
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> wishes = IntStream.range(0, 20)
                    .mapToObj(_ -> people.submit(() -> {
                        try {
                            accounts.register("carol", PASSWORD);
                            return true;
                        } catch (ErrorResponseException taken) {
                            assertThat(taken.getStatusCode().value()).isEqualTo(409);
                            return false;
                        }
                    }))
                    .toList();

            int won = 0;
            for (Future<Boolean> wish : wishes) {
                won += wish.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        }
    }

    @Test
    void the_real_hash_tells_passwords_apart_and_nobody_from_somebody() {
        Passwords real = Passwords.argon2();
        String hash = real.hash(PASSWORD);

        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(real.matches(PASSWORD, Optional.of(hash))).isTrue();
        assertThat(real.matches(PASSWORD + " ", Optional.of(hash))).isFalse();
        assertThat(real.matches(PASSWORD, Optional.empty())).isFalse();
    }

    @Test
    void every_wrong_field_of_a_registration_is_named() {
        assertThatThrownBy(() -> accounts.register("a:b", "short"))
                .isInstanceOfSatisfying(
                        ErrorResponseException.class,
                        refusal -> assertThat(refusal.getBody().getProperties().toString())
                                .contains("userID", "password"));
    }

    private ErrorResponseException refusal(String userId, String password) {
        return catchThrowableOfType(ErrorResponseException.class, () -> accounts.authenticate(userId, password));
    }

    private Accounts accounts(Duration patience) {
        return new Accounts(
                rows,
                new Passwords(encoder, patience, "nobody's hash"),
                new AttemptLimits(new LimitSettings(60, 3), clock),
                clock);
    }
}
