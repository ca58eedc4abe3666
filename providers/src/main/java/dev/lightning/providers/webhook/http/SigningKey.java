package dev.lightning.providers.webhook.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Reads the secret that receivers share with us, in the form of Standard Webhooks or as plain text. */
final class SigningKey {
    private static final String PREFIX = "whsec_";
    private static final int MIN_BYTES = 24;

    private SigningKey() {}

    static byte[] parse(String secret) {
        byte[] key = secret.startsWith(PREFIX)
                ? decode(secret.substring(PREFIX.length()))
                : secret.getBytes(StandardCharsets.UTF_8);
        if (key.length < MIN_BYTES) {
            throw new IllegalArgumentException("NOTIFY_SECRET is too short: it has " + key.length + " bytes, at least "
                    + MIN_BYTES + " are needed (for example whsec_ and the output of: openssl rand -base64 32)");
        }
        return key;
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("NOTIFY_SECRET starts with whsec_, but what follows is not base64");
        }
    }
}
