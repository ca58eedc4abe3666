package dev.lightning.app.health;

import dev.lightning.app.settings.StorageChoice;
import dev.lightning.app.temporal.TemporalWatch;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.Properties;
import dev.lightning.providers.storage.StorageUnavailableException;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.Write;
import java.util.Locale;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/** The parts of this process's health, and who may ask: everybody who reaches the port, because nothing secret is said. */
@Configuration(proxyBeanMethods = false)
class HealthConfiguration {
    /** A store that can only be read accepts nothing. */
    private static final Write PROBE =
            new Write.Put("health", Properties.format(1).build());

    @Bean
    HealthIndicator temporalHealthIndicator(TemporalWatch watch) {
        return () -> (watch.sight().reachable() ? Health.up() : Health.down()).build();
    }

    @Bean
    HealthIndicator workersHealthIndicator(TemporalWatch watch) {
        return () -> (watch.isReady() ? Health.up() : Health.down())
                .withDetail("serves", watch.served())
                .withDetail("pollers", watch.sight().pollers())
                .build();
    }

    @Bean
    HealthIndicator storeHealthIndicator(EntityStore store, StorageChoice choice) {
        String kind = choice.rows().name().toLowerCase(Locale.ROOT);
        return () -> (isWritable(store) ? Health.up() : Health.down())
                .withDetail("kind", kind)
                .build();
    }

    private static boolean isWritable(EntityStore store) {
        try {
            return store.write(Table.PROBES, "health", PROBE).isDone();
        } catch (StorageUnavailableException away) {
            return false;
        }
    }

    /** Before every other chain: the operator's paths of both ports. */
    @Bean
    @Order(0)
    SecurityFilterChain operatorChain(HttpSecurity http) {
        return http.securityMatcher("/health", "/livez", "/readyz", "/metrics")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(csrf -> csrf.disable())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }
}
