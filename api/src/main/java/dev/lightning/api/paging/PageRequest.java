package dev.lightning.api.paging;

import dev.lightning.api.errors.Findings;
import org.jspecify.annotations.Nullable;

/**
 * The page of a list that a client asks for, by the same two parameters everywhere.
 *
 * @param size 1 to {@value #LARGEST}
 * @param token null for the first page
 */
public record PageRequest(int size, @Nullable String token) {
    public static final int LARGEST = 200;
    public static final int USUAL = 50;

    /** The page of these parameters; meaningless when there are new findings. */
    public static PageRequest of(@Nullable String pageSize, @Nullable String pageToken, Findings findings) {
        int size = pageSize == null ? USUAL : number(pageSize);
        findings.require(size >= 1 && size <= LARGEST, "pageSize", "must be a number from 1 to " + LARGEST);
        return new PageRequest(size, pageToken);
    }

    /** The same, where nothing else can be wrong. */
    public static PageRequest of(@Nullable String pageSize, @Nullable String pageToken) {
        Findings findings = new Findings();
        PageRequest page = of(pageSize, pageToken, findings);
        findings.throwIfAny();
        return page;
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    }

    /** The row that the page starts at, null for the first page. */
    public @Nullable String firstRow(PageTokens tokens, String scope) {
        return token == null ? null : tokens.open(scope, token);
    }
}
