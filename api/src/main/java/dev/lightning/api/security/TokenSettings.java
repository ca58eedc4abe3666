package dev.lightning.api.security;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the built-in issuer signs.
 *
 * @param signingKey {@code JWT_SIGNING_KEY}, at least 32 bytes of UTF-8; may be absent only where the issuer is off
 * @param issuer {@code JWT_ISSUER}, the {@code iss} of our tokens
 * @param audience {@code JWT_AUDIENCE}, the {@code aud} of our tokens
 * @param life {@code JWT_LIFE}, at most an hour
 */
public record TokenSettings(@Nullable String signingKey, String issuer, String audience, Duration life) {
    private static final String DEFAULT_NAME = "lightning";
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int KEY_BYTES = 32;
    private static final int DISTINCT = 4;

    public TokenSettings {
        signingKey = signingKey == null || signingKey.isBlank() ? null : signingKey;
        issuer = SettingTexts.orElse(issuer, DEFAULT_NAME);
        audience = SettingTexts.orElse(audience, DEFAULT_NAME);
        life = life == null ? LONGEST : life;
        SettingTexts.require(
                life.toSeconds() >= 1 && life.compareTo(LONGEST) <= 0,
                "JWT_LIFE must be between 1 second and 60 minutes");
    }

    /**
     * The key to sign with.
     *
     * @throws IllegalArgumentException naming the variable when there is none or it could be guessed
     */
    byte[] key() {
        if (signingKey == null) {
            throw new IllegalArgumentException("JWT_SIGNING_KEY is not set; it needs at least 32 random bytes");
        }
        SettingTexts.require(
                signingKey.getBytes(StandardCharsets.UTF_8).length >= KEY_BYTES
                        && signingKey.chars().distinct().count() >= DISTINCT,
                "JWT_SIGNING_KEY is too weak; it needs at least 32 random bytes");
        return signingKey.getBytes(StandardCharsets.UTF_8);
    }

    /** Throws {@link IllegalArgumentException} for a key that is missing or could be guessed, before anybody needs it. */
    public void requireKey() {
        byte[] _ = key();
    }

    /** Leaves the key out, because settings end up in logs. */
    @Override
    public String toString() {
        return "TokenSettings[issuer=" + issuer + ", audience=" + audience + ", life=" + life + "]";
    }
}
