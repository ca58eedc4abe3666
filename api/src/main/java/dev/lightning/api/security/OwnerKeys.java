package dev.lightning.api.security;

import dev.lightning.providers.Sha256;
import dev.lightning.workflows.events.Owner;
import java.nio.charset.StandardCharsets;

/** Makes the opaque key that stands for a user in ids, rows and search attributes. */
public final class OwnerKeys {
    /** The issuer of our own accounts in owner keys, whatever the issuer's public name is set to. */
    public static final String BUILT_IN = "lightning";

    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 12;

    private OwnerKeys() {}

    /** An account of the built-in issuer. */
    public static Owner builtIn(String userId) {
        return new Owner(key(BUILT_IN, userId), userId);
    }

    /** A user of another issuer, whose name is prefixed so that a foreign alice is not ours. */
    public static Owner foreign(String issuer, String alias, String subject) {
        return new Owner(key(issuer, subject), alias + ":" + subject);
    }

    private static String key(String issuer, String subject) {
        byte[] hash = Sha256.of((issuer + "\n" + subject).getBytes(StandardCharsets.UTF_8));
        StringBuilder key = new StringBuilder();
        for (int at = 0; at < LENGTH; at++) {
            int bit = at * 5;
            int pair = (hash[bit / 8] & 0xFF) << 8 | (hash[bit / 8 + 1] & 0xFF);
            key.append(BASE32.charAt((pair >> (11 - bit % 8)) & 31));
        }
        return key.toString();
    }
}
