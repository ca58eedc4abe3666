package dev.lightning.providers.model.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.http.Headers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7                             | PT7S",
                "0.5                           | PT0.5S",
                "0                             | PT0.1S",
                "86400                         | PT1H",
                "1e9                           | PT1H",
                "1e999999999                   | PT1H",
                "-3                            | PT5S",
                "soon                          | PT5S",
                "Sat, 21 Nov 2026 12:01:30 GMT | PT1M30S",
                "Sat, 21 Nov 2026 11:00:00 GMT | PT0.1S",
                "Sat, 21 Nov 2026 23:00:00 GMT | PT1H",
            })
    void reads_seconds_and_dates_within_bounds(String header, Duration wait) {
        assertThat(read(Headers.builder().put("Retry-After", header).build())).isEqualTo(wait);
    }

    @Test
    void milliseconds_are_more_exact_and_win() {
        assertThat(read(Headers.builder()
                        .put("retry-after-ms", "1500")
                        .put("Retry-After", "2")
                        .build()))
                .isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void silence_means_a_few_seconds() {
        assertThat(read(Headers.builder().build())).isEqualTo(Duration.ofSeconds(5));
    }

    private static Duration read(Headers headers) {
        return RetryAfter.read(headers, NOW);
    }
}
