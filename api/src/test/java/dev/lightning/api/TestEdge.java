package dev.lightning.api;

import dev.lightning.api.errors.ErrorsConfiguration;
import dev.lightning.api.openapi.OpenApiConfiguration;
import dev.lightning.api.security.AuthSettings;
import dev.lightning.api.security.Caller;
import dev.lightning.api.security.LimitSettings;
import dev.lightning.api.security.SecurityConfiguration;
import dev.lightning.api.security.TestIssuer;
import dev.lightning.api.security.TestTokens;
import dev.lightning.api.security.TokenSettings;
import dev.lightning.api.users.AdminSettings;
import dev.lightning.api.users.UsersConfiguration;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.StorageUnavailableException;
import dev.lightning.providers.storage.rows.UserRows;
import io.grpc.Status;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowServiceException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The whole edge on a real server, in front of a controller that goes wrong on request. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    ErrorsConfiguration.class,
    OpenApiConfiguration.class,
    SecurityConfiguration.class,
    UsersConfiguration.class,
    TestEdge.Probe.class
})
public class TestEdge {
    @Bean
    TestIssuer partner() {
        return new TestIssuer();
    }

    @Bean
    AuthSettings authSettings(TestIssuer partner) {
        return new AuthSettings(
                new TokenSettings(TestTokens.KEY, null, null, null),
                null,
                null,
                List.of(partner.settings()),
                new LimitSettings(100_000, 10),
                List.of("https://page.example"));
    }

    @Bean
    AdminSettings adminSettings() {
        return new AdminSettings("local", "127.0.0.1", null);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    EntityStore store() {
        return new InMemoryEntityStore();
    }

    @Bean
    UserRows users(EntityStore store) {
        return new UserRows(store);
    }

    /** Does what the name of each path says. */
    @RestController
    @RequestMapping("/api/probe")
    public static class Probe {
        @GetMapping("/me")
        Caller me(@AuthenticationPrincipal Caller caller) {
            return caller;
        }

        @PostMapping(path = "/echo", consumes = MediaType.APPLICATION_JSON_VALUE)
        JsonNode echo(@RequestBody JsonNode body) {
            return body;
        }

        @PostMapping(path = "/order", consumes = MediaType.APPLICATION_JSON_VALUE)
        Order order(@Valid @RequestBody Order order) {
            return order;
        }

        @GetMapping("/page")
        int page(@RequestParam @Max(100) int limit, @RequestParam String filter) {
            return limit + filter.length();
        }

        @GetMapping("/parameters")
        int parameters(HttpServletRequest request) {
            return request.getParameterMap().size();
        }

        @GetMapping("/store-away")
        void storeAway() {
            throw new StorageUnavailableException("The database is locked", new IOException("no"));
        }

        @GetMapping("/temporal-away")
        void temporalAway() {
            throw new WorkflowServiceException(
                    WorkflowExecution.newBuilder().setWorkflowId("event-1").build(),
                    "Event",
                    Status.UNAVAILABLE.withDescription("io exception").asRuntimeException());
        }

        @GetMapping("/temporal-slow")
        void temporalSlow() {
            throw Status.DEADLINE_EXCEEDED.asRuntimeException();
        }

        @GetMapping("/bug")
        void bug() {
            throw new IllegalStateException("the canary sk-123 in a message");
        }

        @GetMapping("/stream-bug")
        Callable<String> laterBug() {
            return () -> {
                throw new IllegalStateException("the canary sk-123 in a message");
            };
        }
    }

    /** Something to validate. */
    public record Order(@NotBlank String name, @Max(10) int count) {}
}
