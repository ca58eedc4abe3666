package dev.lightning.providers.model.openai;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** An effect's key as a header can carry it: itself where it fits, so that both sides' logs can be joined, else a hash. */
final class IdempotencyKey {
    private static final Pattern FITS = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private IdempotencyKey() {}

    static String of(String effectKey) {
        return FITS.matcher(effectKey).matches() ? effectKey : hash(effectKey);
    }

    private static String hash(String effectKey) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(effectKey.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
