package dev.lightning.api.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/** Checks tokens of one issuer against its entry: what the entry fixes is never taken from the token. */
final class TokenVerifier {
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final int LONGEST_SUBJECT = 255;

    private final IssuerEntry entry;
    private final Clock clock;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    TokenVerifier(IssuerEntry entry, Clock clock) {
        this.entry = entry;
        this.clock = clock;
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(entry.type()));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(entry.algorithms(), entry.keys()));
        processor.setJWTClaimsSetVerifier((claims, context) -> check(claims));
    }

    /** The claims of a good token. */
    JWTClaimsSet verify(SignedJWT token) {
        try {
            return processor.process(token, null);
        } catch (KeySourceException away) {
            throw new IssuerUnavailableException(away);
        } catch (BadJOSEException | JOSEException bad) {
            throw new InvalidBearerTokenException("The token is not valid", bad);
        }
    }

    private void check(JWTClaimsSet claims) throws BadJWTException {
        require(entry.issuer().equals(claims.getIssuer()), "wrong issuer");
        require(entry.audience().accepts(claims), "not meant for us");
        require(isName(claims.getSubject()), "no subject");
        for (String name : entry.required()) {
            require(claims.getClaim(name) instanceof String text && !text.isBlank(), "no " + name);
        }
        checkTimes(claims.getIssueTime(), claims.getExpirationTime(), claims.getNotBeforeTime());
    }

    private void checkTimes(@Nullable Date issued, @Nullable Date expires, @Nullable Date notBefore)
            throws BadJWTException {
        if (issued == null || expires == null) {
            throw new BadJWTException("no iat or no exp");
        }
        Instant now = clock.instant();
        Instant soon = now.plus(SKEW);
        require(expires.toInstant().plus(SKEW).isAfter(now), "expired");
        require(!issued.toInstant().isAfter(soon), "issued in the future");
        require(notBefore == null || !notBefore.toInstant().isAfter(soon), "not valid yet");
        require(
                Duration.between(issued.toInstant(), expires.toInstant()).compareTo(entry.maxLife()) <= 0,
                "lives too long");
    }

    private static boolean isName(@Nullable String subject) {
        return subject != null
                && !subject.isBlank()
                && subject.length() <= LONGEST_SUBJECT
                && subject.chars().noneMatch(Character::isISOControl);
    }

    private static void require(boolean condition, String otherwise) throws BadJWTException {
        if (!condition) {
            throw new BadJWTException(otherwise);
        }
    }
}
