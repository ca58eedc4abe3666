package dev.lightning.api.security;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.List;
import java.util.Set;

/**
 * Which tokens of an issuer are meant for us, as opposed to for somebody else who trusts the same issuer.
 *
 * @param claim {@code aud} or, for issuers that leave it out, {@code azp}
 */
public record AudienceRule(String claim, Set<String> accepted) {
    public static AudienceRule audience(List<String> accepted) {
        return new AudienceRule("aud", Set.copyOf(accepted));
    }

    public static AudienceRule authorizedParty(List<String> accepted) {
        return new AudienceRule("azp", Set.copyOf(accepted));
    }

    boolean accepts(JWTClaimsSet claims) {
        return switch (claims.getClaim(claim)) {
            case String one -> accepted.contains(one);
            case List<?> several -> several.stream().anyMatch(accepted::contains);
            case null, default -> false;
        };
    }
}
