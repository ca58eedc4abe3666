package dev.lightning.api.security;

import dev.lightning.api.errors.Problem;
import dev.lightning.api.errors.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.web.ErrorResponseException;

/** Says in the words of all our problems that a request may not pass, and how it could. */
final class Challenge implements AuthenticationEntryPoint, AccessDeniedHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Challenge.class);

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws IOException {
        ErrorResponseException problem = switch (refusal) {
            case IssuerUnavailableException _ -> outage("issuer", Problem.ISSUER_UNAVAILABLE);
            case AccountsUnavailableException _ -> outage("store", Problem.STORE_UNAVAILABLE);
            default -> unauthenticated(request);
        };
        ProblemWriter.write(response, problem);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refusal)
            throws IOException {
        ErrorResponseException problem = Problem.FORBIDDEN.with("This is not allowed");
        problem.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"insufficient_scope\"");
        ProblemWriter.write(response, problem);
    }

    private static ErrorResponseException outage(String what, Problem problem) {
        LOG.warn("event={}.unavailable", what);
        return problem.away();
    }

    private static ErrorResponseException unauthenticated(HttpServletRequest request) {
        ErrorResponseException problem = Problem.UNAUTHENTICATED.with();
        boolean presented = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
        problem.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, presented ? "Bearer error=\"invalid_token\"" : "Bearer");
        return problem;
    }
}
