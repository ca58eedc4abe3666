package dev.lightning.api.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** Makes tokens as an attacker would: any header, any claims, any key. */
public final class TestTokens {
    public static final String KEY = "the signing key of these tests, 0123456789";

    private TestTokens() {}

    /** Claims that are fine in every respect, to spoil one at a time. */
    public static JWTClaimsSet.Builder good(String subject) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer("lightning")
                .audience("lightning")
                .subject(subject)
                .jwtID("jwt-1")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(10))));
    }

    public static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT);
    }

    public static String signed(JWTClaimsSet.Builder claims) {
        return signed(header(), claims, KEY.getBytes(StandardCharsets.UTF_8));
    }

    public static String signed(JWSHeader.Builder header, JWTClaimsSet.Builder claims, byte[] key) {
        try {
            return signed(header.build(), claims.build(), new MACSigner(key));
        } catch (JOSEException weak) {
            throw new IllegalArgumentException(weak);
        }
    }

    public static String signed(JWTClaimsSet.Builder claims, RSAKey key) {
        return signed(claims, key, key.getKeyID());
    }

    public static String signed(JWTClaimsSet.Builder claims, RSAKey key, String keyId) {
        try {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .type(JOSEObjectType.JWT)
                    .keyID(keyId)
                    .build();
            return signed(header, claims.build(), new RSASSASigner(key));
        } catch (JOSEException unusable) {
            throw new IllegalArgumentException(unusable);
        }
    }

    static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
        SignedJWT token = new SignedJWT(header, claims);
        token.sign(signer);
        return token.serialize();
    }
}
