package dev.lightning.api.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.time.Clock;
import java.util.List;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** Makes the generated description whole: who we are, how to sign in, and what every endpoint may answer. */
@Configuration(proxyBeanMethods = false)
@Import(FrontDoorController.class)
public class OpenApiConfiguration {
    private static final String BEARER = "bearer";
    private static final String ABOUT = """
            Events in, work done, people told: each accepted event is one durable workflow.

            To try it here: `Register`, then `CreateToken`, then put the token into **Authorize**, then `PutEvent`. The \
            examples are about the user `alice`.

            Whatever is not a success is answered as `application/problem+json`; its `type` leads to a page that explains \
            it. Fields that have no value are absent. Times are ISO-8601.""";

    @Bean
    OpenAPI description(Environment environment) {
        return new OpenAPI()
                .info(new Info()
                        .title("Lightning")
                        .version(environment.getProperty("lightning.version", "development"))
                        .description(ABOUT)
                        .license(new License().name("MIT").identifier("MIT")))
                .tags(List.of(
                        tag("Accounts", "Who you are"),
                        tag("Events", "What happened, and what became of it"),
                        tag("Messages", "What you were told"),
                        tag("Schedules", "What is to happen, once or again and again"),
                        tag("Tools", "What events start"),
                        tag("Functions", "What can be invoked"),
                        tag("Tasks", "The runs of tools and functions"),
                        tag("Repositories", "Where worker tasks find their sources"),
                        tag("Problems", "What every error means")))
                .servers(List.of(new Server().url("/").description("Here")))
                .schemaRequirement(
                        BEARER,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT")
                                .description("What CreateToken answers, or a token of another accepted issuer"))
                .addSecurityItem(new SecurityRequirement().addList(BEARER));
    }

    private static Tag tag(String name, String description) {
        return new Tag().name(name).description(description);
    }

    @Bean
    RequiredByNullness requiredByNullness() {
        return new RequiredByNullness();
    }

    @Bean
    GlobalOpenApiCustomizer commonParameters() {
        return new CommonParameters();
    }

    @Bean
    GlobalOpenApiCustomizer comingTimes(Clock clock) {
        return new ComingTimes(clock);
    }

    @Bean
    GlobalOpenApiCustomizer commonAnswers() {
        return new CommonAnswers();
    }
}
