package dev.lightning.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AuthSettingsTest {
    private static final String KEY = "lightning.auth.token.signing-key";

    @Test
    void defaults() {
        AuthSettings settings = bind(Map.of());

        assertThat(settings.hasAccounts()).isTrue();
        assertThat(settings.token().issuer()).isEqualTo("lightning");
        assertThat(settings.token().audience()).isEqualTo("lightning");
        assertThat(settings.token().life()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.limits()).isEqualTo(new LimitSettings(60, 10));
        assertThat(settings.corsOrigins()).containsExactly("http://localhost:4300", "https://ai-platform.local");
        assertThat(settings.externalIssuers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo bar", "example.org", "https://a.example/page", "https://a.example,b", "https://a b"})
    void pages_have_to_be_origins(String origins) {
        assertThatThrownBy(() -> bind(Map.of("lightning.auth.cors-origins", origins)))
                .rootCause()
                .hasMessageContaining("CORS_ORIGINS must be a list of origins");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "http://[::1]:4300", "capacitor://localhost", "https://a.example/", "HTTPS://A.example"})
    void every_origin_may_be_named(String origin) {
        assertThat(bind(Map.of("lightning.auth.cors-origins", origin)).corsOrigins())
                .containsExactly(origin);
    }

    @Test
    void every_setting_has_its_place() {
        AuthSettings settings = bind(Map.ofEntries(
                Map.entry(KEY, TestTokens.KEY),
                Map.entry("lightning.auth.token.issuer", "us"),
                Map.entry("lightning.auth.token.audience", "our-api"),
                Map.entry("lightning.auth.token.life", "5m"),
                Map.entry("lightning.auth.local-enabled", "true"),
                Map.entry("lightning.auth.limits.rate-per-minute", "7"),
                Map.entry("lightning.auth.limits.failures-per-minute", "3"),
                Map.entry("lightning.auth.cors-origins", "https://a.example, https://b.example"),
                Map.entry("lightning.auth.clerk.issuer", "https://app.clerk.example"),
                Map.entry("lightning.auth.clerk.jwks-url", "https://keys.clerk.example/jwks"),
                Map.entry("lightning.auth.clerk.authorized-parties", "https://page.example"),
                Map.entry("lightning.auth.issuers[0].issuer", "https://login.example/tenant/v2.0"),
                Map.entry("lightning.auth.issuers[0].alias", "entra"),
                Map.entry("lightning.auth.issuers[0].jwks-url", "https://login.example/keys"),
                Map.entry("lightning.auth.issuers[0].algorithms", "RS256,ES256"),
                Map.entry("lightning.auth.issuers[0].type", "at+jwt"),
                Map.entry("lightning.auth.issuers[0].audiences", "api://us"),
                Map.entry("lightning.auth.issuers[0].max-life", "2h"),
                Map.entry("lightning.auth.issuers[0].admin-claim", "roles"),
                Map.entry("lightning.auth.issuers[0].admin-value", "admins")));

        assertThat(settings.token())
                .isEqualTo(new TokenSettings(TestTokens.KEY, "us", "our-api", Duration.ofMinutes(5)));
        assertThat(settings.limits()).isEqualTo(new LimitSettings(7, 3));
        assertThat(settings.corsOrigins()).containsExactly("https://a.example", "https://b.example");
        assertThat(settings.externalIssuers())
                .containsExactly(
                        new ExternalIssuerSettings(
                                "https://login.example/tenant/v2.0",
                                "entra",
                                URI.create("https://login.example/keys"),
                                List.of("RS256", "ES256"),
                                "at+jwt",
                                List.of("api://us"),
                                null,
                                Duration.ofHours(2),
                                "roles",
                                "admins"),
                        new ExternalIssuerSettings(
                                "https://app.clerk.example",
                                "clerk",
                                URI.create("https://keys.clerk.example/jwks"),
                                null,
                                null,
                                null,
                                List.of("https://page.example"),
                                null,
                                null,
                                null));
        assertThat(IssuerEntry.of(settings))
                .extracting(IssuerEntry::issuer)
                .hasSize(3)
                .startsWith("us");
    }

    @Test
    void clerk_switches_our_own_accounts_off_unless_they_are_kept() {
        Map<String, String> clerk =
                Map.of("lightning.auth.clerk.issuer", "https://app.clerk.example", KEY, TestTokens.KEY);
        Map<String, String> both = Map.of(
                "lightning.auth.clerk.issuer",
                "https://app.clerk.example",
                "lightning.auth.local-enabled",
                "true",
                KEY,
                TestTokens.KEY);

        assertThat(bind(clerk).hasAccounts()).isFalse();
        assertThat(IssuerEntry.of(bind(clerk))).extracting(IssuerEntry::alias).containsExactly("clerk");
        assertThat(IssuerEntry.of(bind(both))).extracting(IssuerEntry::alias).containsExactly(null, "clerk");
    }

    @Test
    void clerk_needs_only_one_of_its_two_addresses() {
        IssuerEntry fromKeys =
                onlyEntry("lightning.auth.clerk.jwks-url", "https://app.clerk.example/.well-known/jwks.json");
        IssuerEntry fromIssuer = onlyEntry("lightning.auth.clerk.issuer", "https://app.clerk.example");

        assertThat(fromKeys.issuer()).isEqualTo("https://app.clerk.example").isEqualTo(fromIssuer.issuer());
        assertThat(fromKeys.algorithms()).containsExactly(JWSAlgorithm.RS256);
        assertThat(fromKeys.audience())
                .isEqualTo(new AudienceRule("azp", Set.of("http://localhost:4300", "https://ai-platform.local")));
    }

    @Test
    void empty_settings_are_absent_ones() {
        AuthSettings settings = bind(Map.of(
                KEY,
                "",
                "lightning.auth.token.life",
                "",
                "lightning.auth.local-enabled",
                "",
                "lightning.auth.clerk.issuer",
                "",
                "lightning.auth.clerk.jwks-url",
                "",
                "lightning.auth.clerk.authorized-parties",
                "",
                "lightning.auth.limits.rate-per-minute",
                ""));

        assertThat(settings.hasAccounts()).isTrue();
        assertThat(settings.token().life()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.limits().ratePerMinute()).isEqualTo(60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "1234567890123456789012345678901", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void a_weak_key_is_named_and_not_shown(String key) {
        assertThatThrownBy(() -> IssuerEntry.of(bind(Map.of(KEY, key))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("JWT_SIGNING_KEY ")
                .hasMessageNotContaining("12345678901234567890")
                .hasMessageNotContaining("aaaa");
    }

    @Test
    void nobody_is_locked_out_by_mistake() {
        assertThatThrownBy(() -> IssuerEntry.of(bind(Map.of("lightning.auth.local-enabled", "false"))))
                .hasMessageStartingWith("AUTH_LOCAL_ENABLED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "none", "RS256,HS384"})
    void other_issuers_sign_with_keys_of_their_own(String algorithms) {
        assertThatThrownBy(() -> partner("lightning.auth.issuers[0].algorithms", algorithms))
                .rootCause()
                .hasMessageContaining("asymmetric");
    }

    @Test
    void other_issuers_must_say_whom_their_tokens_are_for_and_where_their_keys_are() {
        assertThatThrownBy(() -> partner("lightning.auth.issuers[0].authorized-parties", "x"))
                .rootCause()
                .hasMessageContaining("exactly one of audiences and authorized-parties");
        assertThatThrownBy(() -> partner("lightning.auth.issuers[0].jwks-url", "http://keys.example/jwks"))
                .rootCause()
                .hasMessageContaining("jwks-url must be an https address");
        assertThatThrownBy(() -> partner("lightning.auth.issuers[0].alias", "a:b"))
                .rootCause()
                .hasMessageContaining("alias");
    }

    @Test
    void no_setting_shows_the_key() {
        assertThat(bind(Map.of(KEY, TestTokens.KEY)).toString()).doesNotContain(TestTokens.KEY);
    }

    private static void partner(String name, String value) {
        bind(Map.of(
                "lightning.auth.issuers[0].issuer",
                "https://login.example",
                "lightning.auth.issuers[0].audiences",
                "api://us",
                name.endsWith("alias") ? "lightning.auth.issuers[0].type" : "lightning.auth.issuers[0].alias",
                name.endsWith("alias") ? "JWT" : "partner",
                name,
                value));
    }

    private static IssuerEntry onlyEntry(String name, String value) {
        return IssuerEntry.of(bind(Map.of(name, value))).getFirst();
    }

    private static AuthSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("lightning.auth", AuthSettings.class);
    }
}
