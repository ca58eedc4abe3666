package dev.lightning.api.security;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An issuer whose tokens are accepted, and everything that is fixed about them, so that a token decides nothing.
 *
 * @param issuer the exact {@code iss}
 * @param alias what the names of its users start with; null for our own accounts
 * @param required claims that must be there besides {@code iss}, {@code sub}, {@code iat} and {@code exp}
 * @param maxLife the longest time between {@code iat} and {@code exp}
 * @param admin the claim that makes an administrator; null for nobody, and for our own accounts, whose row says it
 */
public record IssuerEntry(
        String issuer,
        @Nullable String alias,
        Set<JWSAlgorithm> algorithms,
        JOSEObjectType type,
        AudienceRule audience,
        Set<String> required,
        Duration maxLife,
        JWKSource<SecurityContext> keys,
        @Nullable AdminClaim admin) {

    /** All entries the settings ask for, which must be at least one. */
    public static List<IssuerEntry> of(AuthSettings settings) {
        List<IssuerEntry> entries = new ArrayList<>();
        if (settings.hasAccounts()) {
            entries.add(builtIn(settings.token()));
        }
        settings.externalIssuers().forEach(external -> entries.add(external(external)));
        SettingTexts.require(
                !entries.isEmpty(), "AUTH_LOCAL_ENABLED is false and there is no other issuer; nobody could get in");
        return List.copyOf(entries);
    }

    static IssuerEntry builtIn(TokenSettings settings) {
        return new IssuerEntry(
                settings.issuer(),
                null,
                Set.of(JWSAlgorithm.HS256),
                JOSEObjectType.JWT,
                AudienceRule.audience(List.of(settings.audience())),
                Set.of("jti"),
                settings.life(),
                new ImmutableSecret<>(settings.key()),
                null);
    }

    static IssuerEntry external(ExternalIssuerSettings settings) {
        return new IssuerEntry(
                settings.issuer(),
                settings.alias(),
                settings.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toUnmodifiableSet()),
                new JOSEObjectType(settings.type()),
                settings.audiences().isEmpty()
                        ? AudienceRule.authorizedParty(settings.authorizedParties())
                        : AudienceRule.audience(settings.audiences()),
                Set.of(),
                settings.maxLife(),
                new RemoteKeys(settings.jwksUrl()),
                settings.adminClaim() == null ? null : new AdminClaim(settings.adminClaim(), settings.adminValue()));
    }
}
