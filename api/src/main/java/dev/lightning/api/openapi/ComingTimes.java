package dev.lightning.api.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Set;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/** Gives times that have to lie ahead an example that does, whenever the description is read. */
final class ComingTimes implements GlobalOpenApiCustomizer {
    private static final Duration AHEAD = Duration.ofDays(90);

    private static final Set<String> WITH_TIMESTAMP = Set.of("NewTime", "Schedule");

    private final InstantSource clock;

    ComingTimes(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void customise(OpenAPI api) {
        String example =
                clock.instant().plus(AHEAD).truncatedTo(ChronoUnit.DAYS).toString();
        if (api.getComponents() == null || api.getComponents().getSchemas() == null) {
            return;
        }
        api.getComponents().getSchemas().forEach((name, schema) -> {
            if (WITH_TIMESTAMP.contains(name)) {
                Schema<?> known = schema;
                Objects.requireNonNull(known.getProperties().get("timestamp")).setExample(example);
            }
        });
    }
}
