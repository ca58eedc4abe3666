package dev.lightning.api.streaming;

import dev.lightning.api.security.Caller;
import dev.lightning.api.security.Expiring;
import dev.lightning.api.security.OwnerKeys;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/** Believes the headers X-User, X-Admin and X-Expires, so that tests of streams need no tokens. */
@Configuration(proxyBeanMethods = false)
public class SignedInByHeader {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .addFilterBefore(new SignIn(), AuthorizationFilter.class)
                .build();
    }

    /** Signs in also when the request is taken up again at its end. */
    private static final class SignIn extends OncePerRequestFilter {
        @Override
        protected boolean shouldNotFilterAsyncDispatch() {
            return false;
        }

        @Override
        protected boolean shouldNotFilterErrorDispatch() {
            return false;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            Caller caller =
                    new Caller(OwnerKeys.builtIn(request.getHeader("X-User")), request.getHeader("X-Admin") != null);
            String expires = request.getHeader("X-Expires");
            SecurityContextHolder.getContext()
                    .setAuthentication(new Token(caller, expires == null ? Instant.MAX : Instant.parse(expires)));
            chain.doFilter(request, response);
        }
    }

    private static final class Token extends TestingAuthenticationToken implements Expiring {
        private static final long serialVersionUID = 1;

        private final Instant expiresAt;

        Token(Caller caller, Instant expiresAt) {
            super(caller, null, List.of());
            this.expiresAt = expiresAt;
        }

        @Override
        public Instant expiresAt() {
            return expiresAt;
        }
    }
}
