package dev.lightning.api.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lightning.api.MovableClock;
import dev.lightning.api.security.AttemptLimits;
import dev.lightning.api.security.LimitSettings;
import dev.lightning.api.security.TokenIssuer;
import dev.lightning.api.security.TokenSettings;
import dev.lightning.api.users.AccountController.OwnAccounts;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.UserRows;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class AccountControllerLimitsTest {
    private static final String PASSWORD = "a kestrel at noon";
    private static final String KEY = "a signing key of more than 32 bytes";

    private final MovableClock clock = new MovableClock();
    private final AttemptLimits limits = new AttemptLimits(new LimitSettings(3, 10), clock);
    private final UserRows rows = new UserRows(new InMemoryEntityStore());
    private final Passwords passwords = new Passwords(new CountingEncoder(), Duration.ofSeconds(1), "nobody's hash");
    private final OwnAccounts accounts = new OwnAccounts(
            new Accounts(rows, passwords, limits, clock),
            new TokenIssuer(new TokenSettings(KEY, null, null, null), clock));
    private final AccountController controller = new AccountController(Optional.of(accounts), limits);

    @Test
    void registrations_and_logins_of_one_address_count_together() {
        controller.register(said("alice"), from("192.0.2.1"));
        controller.token(said("alice"), from("192.0.2.1"));
        controller.token(said("alice"), from("192.0.2.1"));

        assertThat(statusOf(() -> controller.token(said("alice"), from("192.0.2.1"))))
                .isEqualTo(429);
        assertThat(statusOf(() -> controller.register(said("bob"), from("192.0.2.1"))))
                .isEqualTo(429);
        assertThat(controller.token(said("alice"), from("192.0.2.2")).tokenType())
                .isEqualTo("Bearer");
    }

    @Test
    void where_another_issuer_keeps_the_accounts_there_is_nothing_here() {
        AccountController elsewhere = new AccountController(Optional.empty(), limits);

        assertThat(statusOf(() -> elsewhere.register(said("alice"), from("192.0.2.1"))))
                .isEqualTo(404);
        assertThat(statusOf(() -> elsewhere.token(said("alice"), from("192.0.2.1"))))
                .isEqualTo(404);
    }

    @Test
    void nothing_that_holds_a_secret_shows_it() {
        assertThat(Credentials.read(said("alice"), "a login").toString()).doesNotContain(PASSWORD);
        assertThat(new AccountController.Token("the.token", "Bearer", 1).toString())
                .doesNotContain("the.token");
    }

    private static JsonNode said(String userId) {
        return new ObjectNode(JsonNodeFactory.instance).put("userID", userId).put("password", PASSWORD);
    }

    private static int statusOf(ThrowingCallable call) {
        return catchThrowableOfType(ErrorResponseException.class, call)
                .getStatusCode()
                .value();
    }

    private static MockHttpServletRequest from(String address) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        return request;
    }
}
