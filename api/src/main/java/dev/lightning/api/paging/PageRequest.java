package dev.lightning.api.paging;

import dev.lightning.api.errors.Findings;
import dev.lightning.api.errors.Shown;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
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

    private static final Set<String> EVERYWHERE = Set.of("pageSize", "pageToken", "userID");

    /**
     * The page of these parameters; meaningless when there are new findings, also about parameters that the list does
     * not have, because a misspelt one would otherwise list something else than was meant.
     *
     * @param filters the parameters that only this list has
     */
    public static PageRequest of(
            @Nullable String pageSize,
            @Nullable String pageToken,
            HttpServletRequest request,
            Set<String> filters,
            Findings findings) {
        int size = pageSize == null ? USUAL : number(pageSize);
        findings.require(size >= 1 && size <= LARGEST, "pageSize", "must be a number from 1 to " + LARGEST);
        request.getParameterMap().keySet().stream()
                .filter(name -> !EVERYWHERE.contains(name) && !filters.contains(name))
                .forEach(name -> findings.add(Shown.of(name), "is not a parameter of this list"));
        return new PageRequest(size, pageToken);
    }

    /** The same, where nothing else can be wrong. */
    public static PageRequest of(@Nullable String pageSize, @Nullable String pageToken, HttpServletRequest request) {
        Findings findings = new Findings();
        PageRequest page = of(pageSize, pageToken, request, Set.of(), findings);
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
