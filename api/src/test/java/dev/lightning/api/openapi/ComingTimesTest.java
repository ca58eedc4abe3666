package dev.lightning.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ComingTimesTest {
    @Test
    void the_example_of_a_new_time_lies_ahead_however_old_the_product_is() {
        StringSchema timestamp = new StringSchema();
        OpenAPI api = new OpenAPI()
                .components(
                        new Components().addSchemas("NewTime", new ObjectSchema().addProperty("timestamp", timestamp)));

        new ComingTimes(() -> Instant.parse("2040-01-01T12:00:00Z")).customise(api);
        new ComingTimes(() -> Instant.EPOCH).customise(new OpenAPI());

        assertThat(timestamp.getExample()).isEqualTo("2040-03-31T00:00:00Z");
    }
}
