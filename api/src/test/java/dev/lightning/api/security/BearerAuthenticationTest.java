package dev.lightning.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.api.CountingStore;
import dev.lightning.api.MovableClock;
import dev.lightning.providers.storage.rows.UserRow;
import dev.lightning.providers.storage.rows.UserRows;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

class BearerAuthenticationTest {
    private static final TokenSettings OURS = new TokenSettings(TestTokens.KEY, null, null, null);

    private final MovableClock clock = new MovableClock();
    private final CountingStore store = new CountingStore();
    private final UserRows users = new UserRows(store);
    private final TokenIssuer issuer = new TokenIssuer(OURS, clock);
    private final BearerAuthentication bearer =
            new BearerAuthentication(List.of(IssuerEntry.builtIn(OURS)), users, clock);

    @BeforeEach
    void alice_has_an_account() {
        users.put(new UserRow("alice", "hash", false, false, clock.instant()));
    }

    @Test
    void what_we_issue_we_accept_until_it_expires() {
        String token = issuer.issue("alice");

        assertThat(callerOf(token)).isEqualTo(new Caller(OwnerKeys.builtIn("alice"), false));

        clock.move(Duration.ofMinutes(62));
        assertThatThrownBy(() -> callerOf(token)).isInstanceOf(InvalidBearerTokenException.class);
    }

    @Test
    void a_token_that_was_good_a_moment_ago_ends_all_the_same() {
        String token = issuer.issue("alice");

        clock.move(Duration.ofMinutes(60).plusSeconds(45));
        callerOf(token);
        clock.move(Duration.ofSeconds(20));

        assertThatThrownBy(() -> callerOf(token)).isInstanceOf(InvalidBearerTokenException.class);
    }

    @Test
    void a_disabled_user_is_out_within_a_minute() {
        String token = issuer.issue("alice");
        callerOf(token);

        users.put(users.find("alice").orElseThrow().withDisabled(true));
        clock.move(Duration.ofSeconds(31));

        assertThatThrownBy(() -> callerOf(token)).isInstanceOf(InvalidBearerTokenException.class);
    }

    @Test
    void a_thousand_requests_read_the_account_once() {
        String token = issuer.issue("alice");
        int before = store.reads();

        for (int request = 0; request < 1_000; request++) {
            callerOf(token);
        }

        assertThat(store.reads() - before).isEqualTo(1);
    }

    @Test
    void a_store_that_is_away_refuses_nobody_for_good() {
        String token = issuer.issue("alice");
        store.goAway();

        assertThatThrownBy(() -> callerOf(token)).isInstanceOf(AccountsUnavailableException.class);
    }

    @Test
    void a_thousand_unknown_keys_are_fetched_a_few_times() {
        try (TestIssuer partner = new TestIssuer()) {
            BearerAuthentication both = withPartner(partner);

            for (int attack = 0; attack < 1_000; attack++) {
                String kid = UUID.randomUUID().toString();
                String token = TestTokens.signed(partner.claims("mallory"), partner.key(), kid);
                assertThatThrownBy(() -> callerOf(both, token)).isInstanceOf(InvalidBearerTokenException.class);
            }

            assertThat(partner.fetches()).isLessThanOrEqualTo(3);
            assertThat(callerOf(both, partner.token("alice")).owner().userId()).isEqualTo("partner:alice");
        }
    }

    @Test
    void keys_once_fetched_survive_an_outage_of_their_issuer() {
        TestIssuer partner = new TestIssuer();
        BearerAuthentication both = withPartner(partner);
        callerOf(both, partner.token("alice"));

        partner.close();

        assertThat(callerOf(both, partner.token("bob")).owner().userId()).isEqualTo("partner:bob");
    }

    @Test
    void an_issuer_never_reached_is_an_outage_and_not_a_bad_token() {
        TestIssuer partner = new TestIssuer();
        partner.close();
        BearerAuthentication both = withPartner(partner);

        for (int attempt = 0; attempt < 5; attempt++) {
            assertThatThrownBy(() -> callerOf(both, partner.token("alice")))
                    .isInstanceOf(IssuerUnavailableException.class);
        }
    }

    @Test
    void two_entries_for_one_issuer_are_a_mistake() {
        List<IssuerEntry> twice = List.of(IssuerEntry.builtIn(OURS), IssuerEntry.builtIn(OURS));

        assertThatThrownBy(() -> new BearerAuthentication(twice, users, clock))
                .hasMessage("The issuer lightning is set up twice");
    }

    private BearerAuthentication withPartner(TestIssuer partner) {
        return new BearerAuthentication(
                List.of(IssuerEntry.builtIn(OURS), IssuerEntry.external(partner.settings())), users, clock);
    }

    private Caller callerOf(String token) {
        return callerOf(bearer, token);
    }

    private static Caller callerOf(BearerAuthentication bearer, String token) {
        return (Caller)
                bearer.authenticate(new BearerTokenAuthenticationToken(token)).getPrincipal();
    }
}
