package dev.lightning.api.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/** Signs tokens for our own accounts. */
public final class TokenIssuer {
    private static final JWSHeader HEADER =
            new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();

    private final TokenSettings settings;
    private final MACSigner signer;
    private final Clock clock;

    /** Fails with one line that names the variable when the key is missing or weak. */
    public TokenIssuer(TokenSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        try {
            this.signer = new MACSigner(settings.key());
        } catch (JOSEException tooShort) {
            throw new IllegalArgumentException("JWT_SIGNING_KEY is too weak", tooShort);
        }
    }

    /** How long a token lives. */
    public Duration life() {
        return settings.life();
    }

    public String issue(String userId) {
        Instant now = clock.instant();
        SignedJWT token = new SignedJWT(
                HEADER,
                new JWTClaimsSet.Builder()
                        .issuer(settings.issuer())
                        .audience(settings.audience())
                        .subject(userId)
                        .jwtID(UUID.randomUUID().toString())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(settings.life())))
                        .build());
        try {
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException("HS256 with a checked key cannot fail", impossible);
        }
    }
}
