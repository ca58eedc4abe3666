package dev.lightning.api.security;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Another issuer whose tokens are accepted: one entry of {@code lightning.auth.issuers}.
 *
 * @param issuer the exact {@code iss} of its tokens, an address
 * @param alias what its users' names start with, before the colon
 * @param jwksUrl where its public keys are, {@code <issuer>/.well-known/jwks.json} by default
 * @param algorithms asymmetric ones only, RS256 by default
 * @param type the {@code typ} its tokens must have, {@code JWT} by default
 * @param audiences which {@code aud} is meant for us
 * @param authorizedParties instead of audiences: which {@code azp} may send its users' tokens here
 * @param maxLife the longest life of a token, a day by default
 * @param adminClaim the claim that makes an administrator, none by default
 * @param adminValue what that claim must be or contain, {@code true} by default
 */
public record ExternalIssuerSettings(
        String issuer,
        String alias,
        URI jwksUrl,
        List<String> algorithms,
        String type,
        List<String> audiences,
        List<String> authorizedParties,
        Duration maxLife,
        @Nullable String adminClaim,
        String adminValue) {
    private static final Pattern ALIAS = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
    private static final String HERE = "lightning.auth.issuers";

    public ExternalIssuerSettings {
        SettingTexts.require(SettingTexts.isSet(issuer), HERE + ": issuer is missing");
        SettingTexts.address(issuer, HERE + ": issuer");
        SettingTexts.require(
                alias != null && ALIAS.matcher(alias).matches(),
                HERE + ": alias must be 1 to 32 lower-case letters, digits and hyphens");
        jwksUrl = jwksUrl == null ? URI.create(issuer.replaceFirst("/$", "") + "/.well-known/jwks.json") : jwksUrl;
        SettingTexts.require(SettingTexts.isSafe(jwksUrl), HERE + ": jwks-url must be an https address");
        algorithms = SettingTexts.list(algorithms).isEmpty() ? List.of("RS256") : SettingTexts.list(algorithms);
        SettingTexts.require(
                algorithms.stream().allMatch(name -> JWSAlgorithm.Family.SIGNATURE.contains(JWSAlgorithm.parse(name))),
                HERE + ": algorithms must be asymmetric ones such as RS256 or ES256");
        type = SettingTexts.orElse(type, "JWT");
        audiences = SettingTexts.list(audiences);
        authorizedParties = SettingTexts.list(authorizedParties);
        SettingTexts.require(
                audiences.isEmpty() != authorizedParties.isEmpty(),
                HERE + ": exactly one of audiences and authorized-parties is needed");
        maxLife = maxLife == null ? Duration.ofDays(1) : maxLife;
        SettingTexts.require(maxLife.isPositive(), HERE + ": max-life must be positive");
        adminClaim = SettingTexts.isSet(adminClaim) ? adminClaim : null;
        adminValue = SettingTexts.orElse(adminValue, "true");
    }
}
