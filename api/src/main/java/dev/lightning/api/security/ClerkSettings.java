package dev.lightning.api.security;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The founding documents' way to name one external issuer.
 *
 * @param issuer {@code CLERK_JWT_ISSUER}; by default the address before {@code /.well-known/} in the other
 * @param jwksUrl {@code CLERK_JWKS_URL}; by default {@code <issuer>/.well-known/jwks.json}
 * @param authorizedParties {@code CLERK_AUTHORIZED_PARTIES}, the pages whose {@code azp} is accepted; by default those
 *     that may call us at all, {@code CORS_ORIGINS}
 */
public record ClerkSettings(
        @Nullable String issuer, @Nullable String jwksUrl, List<String> authorizedParties) {
    private static final String ALIAS = "clerk";
    private static final String KEYS = "/.well-known/jwks.json";

    public ClerkSettings {
        issuer = SettingTexts.isSet(issuer) ? SettingTexts.orElse(issuer, "") : null;
        jwksUrl = SettingTexts.isSet(jwksUrl) ? SettingTexts.orElse(jwksUrl, "") : null;
        authorizedParties = SettingTexts.list(authorizedParties);
        if (issuer != null) {
            SettingTexts.address(issuer, "CLERK_JWT_ISSUER");
        }
        if (jwksUrl != null) {
            SettingTexts.address(jwksUrl, "CLERK_JWKS_URL");
            SettingTexts.require(
                    issuer != null || jwksUrl.endsWith(KEYS),
                    "CLERK_JWT_ISSUER is needed, because CLERK_JWKS_URL does not end in " + KEYS);
        }
    }

    /** The entry these settings stand for, if they are set. */
    Optional<ExternalIssuerSettings> entry(List<String> origins) {
        List<String> parties = authorizedParties.isEmpty() ? origins : authorizedParties;
        if (issuer != null) {
            String keys = jwksUrl == null ? issuer.replaceFirst("/$", "") + KEYS : jwksUrl;
            return Optional.of(entry(issuer, keys, parties));
        }
        return jwksUrl == null
                ? Optional.empty()
                : Optional.of(entry(jwksUrl.substring(0, jwksUrl.length() - KEYS.length()), jwksUrl, parties));
    }

    @SuppressWarnings("NullAway") // the record fills in what is null
    private static ExternalIssuerSettings entry(String name, String keys, List<String> parties) {
        return new ExternalIssuerSettings(name, ALIAS, URI.create(keys), null, null, null, parties, null, null, null);
    }
}
