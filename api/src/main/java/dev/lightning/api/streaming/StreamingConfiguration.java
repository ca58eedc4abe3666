package dev.lightning.api.streaming;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one keeper of streams, whatever they tell of. */
@Configuration(proxyBeanMethods = false)
public class StreamingConfiguration {
    @Bean
    Streams streams(StreamSettings settings, Clock clock) {
        return new Streams(settings, clock);
    }
}
