package dev.lightning.api.security;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in and how: {@code lightning.auth}.
 *
 * @param localEnabled {@code AUTH_LOCAL_ENABLED}: whether we keep accounts and issue tokens ourselves; by default only
 *     while Clerk is not set
 * @param issuers the other issuers
 * @param corsOrigins {@code CORS_ORIGINS}: pages of other origins that may call the API
 */
public record AuthSettings(
        TokenSettings token,
        @Nullable Boolean localEnabled,
        ClerkSettings clerk,
        List<ExternalIssuerSettings> issuers,
        LimitSettings limits,
        List<String> corsOrigins) {
    private static final List<String> PAGES = List.of("http://localhost:4300", "https://ai-platform.local");

    private static final Pattern ORIGIN =
            Pattern.compile("\\*|[A-Za-z][A-Za-z0-9+.-]*://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?/?");

    @SuppressWarnings("NullAway") // the records fill in what is null
    public AuthSettings {
        token = token == null ? new TokenSettings(null, null, null, null) : token;
        clerk = clerk == null ? new ClerkSettings(null, null, null) : clerk;
        issuers = issuers == null ? List.of() : List.copyOf(issuers);
        limits = limits == null ? new LimitSettings(null, null) : limits;
        corsOrigins = corsOrigins == null ? PAGES : SettingTexts.list(corsOrigins);
        SettingTexts.require(
                corsOrigins.stream().allMatch(origin -> ORIGIN.matcher(origin).matches()),
                "CORS_ORIGINS must be a list of origins, such as https://example.org,http://localhost:4300; * for any");
    }

    /** Whether there are accounts of our own. */
    public boolean hasAccounts() {
        return localEnabled == null ? clerk.entry(corsOrigins).isEmpty() : localEnabled;
    }

    /**
     * A key of 32 bytes for another purpose, the same in every process that shares the signing key; random where there
     * is none.
     */
    public byte[] derivedKey(String purpose) {
        return DerivedKey.of(token, purpose);
    }

    /** Every issuer but our own. */
    List<ExternalIssuerSettings> externalIssuers() {
        List<ExternalIssuerSettings> all = new ArrayList<>(issuers);
        clerk.entry(corsOrigins).ifPresent(all::add);
        return List.copyOf(all);
    }
}
