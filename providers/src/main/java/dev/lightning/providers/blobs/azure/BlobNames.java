package dev.lightning.providers.blobs.azure;

import dev.lightning.providers.Sha256;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a blob is called in Azure: its key, where Azure and the way to it take that as it is. A key with segments that
 * addresses resolve ({@code ..}), with an end that Azure drops, or longer than is wise becomes its hash, so that no two
 * keys meet.
 */
final class BlobNames {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._~:/-]{1,1024}");

    /** A part between slashes that neither addresses nor Azure change. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_~-](?:[A-Za-z0-9._~:-]{0,198}[A-Za-z0-9_~:-])?");

    private static final String HASHED = "hashed/";
    private static final int MAX_PLAIN = 800;

    private BlobNames() {}

    static String of(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("A blob key has 1 to 1024 characters of [A-Za-z0-9._~:/-]");
        }
        boolean plain = key.length() <= MAX_PLAIN && !key.startsWith(HASHED) && isPlain(key);
        return plain ? key : HASHED + Sha256.hex(key);
    }

    private static boolean isPlain(String key) {
        return Stream.of(key.split("/", -1))
                .allMatch(part -> PLAIN.matcher(part).matches());
    }
}
