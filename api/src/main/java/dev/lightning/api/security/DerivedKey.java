package dev.lightning.api.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes keys for other purposes from the signing key, so that one secret need not be two settings. */
final class DerivedKey {
    private static final String HMAC = "HmacSHA256";
    private static final int BYTES = 32;

    private DerivedKey() {}

    static byte[] of(TokenSettings token, String purpose) {
        if (token.signingKey() == null) {
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            return random;
        }
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(token.key(), HMAC));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("Every Java platform has HmacSHA256", impossible);
        }
    }
}
