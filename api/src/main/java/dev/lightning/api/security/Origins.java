package dev.lightning.api.security;

import dev.lightning.api.errors.Problem;
import dev.lightning.api.errors.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** Lets pages of the chosen origins call the API, without cookies, and tells the others so as a problem. */
final class Origins extends DefaultCorsProcessor {
    private Origins() {}

    static CorsFilter filter(List<String> allowed) {
        CorsConfiguration rules = new CorsConfiguration();
        rules.setAllowedOrigins(allowed);
        rules.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        rules.setAllowedHeaders(List.of("*"));
        rules.setExposedHeaders(List.of("Location", "Retry-After", "WWW-Authenticate", "ETag"));
        rules.setAllowCredentials(false);
        rules.setMaxAge(Duration.ofHours(1));
        UrlBasedCorsConfigurationSource everywhere = new UrlBasedCorsConfigurationSource();
        everywhere.registerCorsConfiguration("/**", rules);
        CorsFilter filter = new CorsFilter(everywhere);
        filter.setCorsProcessor(new Origins());
        return filter;
    }

    @Override
    public boolean processRequest(
            @Nullable CorsConfiguration rules, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean passes = super.processRequest(rules, request, response);
        if (!passes) {
            ProblemWriter.write(response, Problem.FORBIDDEN.with("Pages of this origin may not make this request"));
        }
        return passes;
    }

    /** Leaves the words to {@link #processRequest}. */
    @Override
    protected void rejectRequest(ServerHttpResponse response) {}
}
