package dev.lightning.api.paging;

import dev.lightning.api.errors.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes page tokens that say nothing to a client and that only the list they came from accepts: base64url of a
 * truncated HMAC-SHA-256 and the next row.
 */
public final class PageTokens {
    private static final String HMAC = "HmacSHA256";
    private static final int TAG_BYTES = 12;

    private final SecretKeySpec key;

    /** Takes 32 random bytes, the same in every process that serves the API. */
    public PageTokens(byte[] key) {
        this.key = new SecretKeySpec(key, HMAC);
    }

    /** The token of the page that starts at this row; null stays null, for a last page. */
    public @Nullable String issue(String scope, @Nullable String nextRow) {
        if (nextRow == null) {
            return null;
        }
        byte[] row = nextRow.getBytes(StandardCharsets.UTF_8);
        byte[] token = Arrays.copyOf(tag(scope, row), TAG_BYTES + row.length);
        System.arraycopy(row, 0, token, TAG_BYTES, row.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /**
     * The row a token names.
     *
     * @param scope what the list is of: kind, owner and filters
     * @throws InvalidRequestException naming {@code pageToken} when this list did not issue it
     */
    public String open(String scope, String token) {
        byte[] bytes = decode(token);
        if (bytes.length > TAG_BYTES) {
            byte[] row = Arrays.copyOfRange(bytes, TAG_BYTES, bytes.length);
            if (MessageDigest.isEqual(Arrays.copyOf(bytes, TAG_BYTES), Arrays.copyOf(tag(scope, row), TAG_BYTES))) {
                return new String(row, StandardCharsets.UTF_8);
            }
        }
        throw new InvalidRequestException("pageToken", "is not a token of this list");
    }

    private static byte[] decode(String token) {
        try {
            return Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    private byte[] tag(String scope, byte[] row) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            mac.update(scope.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(row);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("Every Java platform has HmacSHA256", impossible);
        }
    }
}
