package dev.lightning.api.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.UserRow;
import dev.lightning.providers.storage.rows.UserRows;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminAccountTest {
    private final UserRows rows = new UserRows(new InMemoryEntityStore());
    private final CountingEncoder encoder = new CountingEncoder();

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.8.8.8"})
    void on_loopback_in_local_mode_the_known_password_works(String address) {
        start("local", address, null);

        assertThat(rows.find("admin")).hasValueSatisfying(admin -> {
            assertThat(admin.admin()).isTrue();
            assertThat(admin.passwordHash()).isEqualTo("hashed admin");
        });
    }

    @ParameterizedTest
    @CsvSource({"local,0.0.0.0", "local,", "local,::", "local,192.168.1.5", "azure,127.0.0.1", "azure,"})
    void elsewhere_there_is_no_such_account(String mode, @Nullable String address) {
        start(mode, address, null);

        assertThat(rows.find("admin")).isEmpty();
    }

    @Test
    void opening_the_listener_takes_the_known_password_away() {
        start("local", "127.0.0.1", null);

        start("local", "0.0.0.0", null);

        assertThat(rows.find("admin")).isEmpty();
    }

    @Test
    void the_operators_password_makes_the_account_anywhere() {
        start("local", "127.0.0.1", null);

        start("azure", "0.0.0.0", "a kestrel at noon");

        assertThat(rows.find("admin").orElseThrow().passwordHash()).isEqualTo("hashed a kestrel at noon");
    }

    @Test
    void a_restart_changes_nothing() {
        start("azure", null, "a kestrel at noon");
        UserRow before = rows.find("admin").orElseThrow();

        start("azure", null, "a kestrel at noon");

        assertThat(rows.find("admin")).contains(before);
        assertThat(encoder.operations()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "password", "short"})
    void a_weak_password_stops_the_start_with_a_line_that_does_not_show_it(String password) {
        assertThatThrownBy(() -> start("azure", "0.0.0.0", password))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("ADMIN_PASSWORD ");
    }

    @Test
    void settings_do_not_show_the_password() {
        assertThat(new AdminSettings("azure", null, "a kestrel at noon").toString())
                .doesNotContain("kestrel");
    }

    private void start(String mode, @Nullable String address, @Nullable String password) {
        Passwords passwords = new Passwords(encoder, Duration.ofSeconds(1), "nobody's hash");
        new AdminAccount(rows, passwords, new AdminSettings(mode, address, password), Clock.systemUTC()).ensure();
    }
}
