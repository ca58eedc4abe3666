package dev.lightning.providers.model.openai;

import dev.lightning.providers.Sha256;
import java.util.regex.Pattern;

/** An effect's key as a header can carry it: itself where it fits, so that both sides' logs can be joined, else a hash. */
final class IdempotencyKey {
    private static final Pattern FITS = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private IdempotencyKey() {}

    static String of(String effectKey) {
        return FITS.matcher(effectKey).matches() ? effectKey : Sha256.hex(effectKey);
    }
}
