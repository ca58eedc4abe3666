package dev.lightning.api.security;

import dev.lightning.providers.storage.rows.UserRows;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Guards the edge: what is not listed here as public needs a token, also what is added later. */
@Configuration(proxyBeanMethods = false)
public class SecurityConfiguration {
    private static final String[] PUBLIC = {
        "/",
        "/api/register",
        "/api/token",
        "/auth/token",
        "/health",
        "/livez",
        "/readyz",
        "/v3/api-docs",
        "/v3/api-docs.yaml",
        "/v3/api-docs/**",
        "/swagger-ui.html",
        "/swagger-ui/**",
        "/problems",
        "/problems/**",
        "/error"
    };
    private static final String POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline';"
            + " object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    @Bean
    BearerAuthentication bearerAuthentication(AuthSettings settings, UserRows users, Clock clock) {
        return new BearerAuthentication(IssuerEntry.of(settings), users, clock);
    }

    /** Times requests as a whole: timing each filter costs more than most of the filters. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /** Built by hand: the resource server's configurer would also open a metadata path and a second kind of token. */
    @Bean
    SecurityFilterChain edge(HttpSecurity http, BearerAuthentication bearer, AuthSettings settings) {
        Challenge challenge = new Challenge();
        BearerTokenAuthenticationFilter filter = new BearerTokenAuthenticationFilter(bearer);
        filter.setAuthenticationEntryPoint(challenge);
        return http.authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                                .permitAll()
                                .requestMatchers(PUBLIC)
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .addFilter(filter)
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(challenge).accessDeniedHandler(challenge))
                .addFilter(Origins.filter(settings.corsOrigins()))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .cors(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(SecurityConfiguration::headers)
                .build();
    }

    /** Lets methods that nobody knows pass, so that they are answered as 405 like all others that a path does not take. */
    @Bean
    HttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        return firewall;
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER));
    }
}
