package dev.lightning.api.security;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.Collection;

/** What an external issuer says of a user whom we are to take for an administrator. */
public record AdminClaim(String name, String value) {
    boolean holds(JWTClaimsSet claims) {
        Object claim = claims.getClaim(name);
        return claim instanceof Collection<?> several
                ? several.stream().anyMatch(one -> value.equals(String.valueOf(one)))
                : claim != null && value.equals(String.valueOf(claim));
    }
}
