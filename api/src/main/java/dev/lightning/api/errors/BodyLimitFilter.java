package dev.lightning.api.errors;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies that no endpoint takes before they fill the memory, also those that do not announce their length. */
final class BodyLimitFilter extends OncePerRequestFilter {
    static final int MAX_BYTES = 256 * 1024;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isEncoded(request)) {
            ProblemWriter.write(response, Problem.UNSUPPORTED_MEDIA_TYPE.with());
        } else if (request.getContentLengthLong() > MAX_BYTES) {
            ProblemWriter.write(response, Problem.PAYLOAD_TOO_LARGE.with(MAX_BYTES));
        } else {
            chain.doFilter(new LimitedBody(request, MAX_BYTES), response);
        }
    }

    /** A compressed body would be small on its way and large in the memory, so nobody takes one. */
    private static boolean isEncoded(HttpServletRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        return encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity");
    }
}
