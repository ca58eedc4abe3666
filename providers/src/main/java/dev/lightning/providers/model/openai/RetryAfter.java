package dev.lightning.providers.model.openai;

import com.openai.core.http.Headers;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads how long a model's service wants to be left alone, in each of the ways that services say it. */
final class RetryAfter {
    static final Duration DEFAULT = Duration.ofSeconds(5);
    static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final int DIGITS = 32;

    private RetryAfter() {}

    static Duration read(Headers headers, Instant now) {
        Duration wait = number(headers, "retry-after-ms", 0)
                .or(() -> number(headers, "retry-after", 3))
                .or(() -> date(headers, now))
                .orElse(DEFAULT);
        return wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static Optional<Duration> number(Headers headers, String name, int powerOfTenToMillis) {
        return value(headers, name).filter(text -> text.length() <= DIGITS).flatMap(text -> {
            try {
                BigDecimal millis = new BigDecimal(text).scaleByPowerOfTen(powerOfTenToMillis);
                BigDecimal longest = BigDecimal.valueOf(LONGEST.toMillis());
                return millis.signum() < 0
                        ? Optional.empty()
                        : Optional.of(Duration.ofMillis(millis.min(longest).longValue()));
            } catch (NumberFormatException notANumber) {
                return Optional.empty();
            }
        });
    }

    private static Optional<Duration> date(Headers headers, Instant now) {
        return value(headers, "retry-after").flatMap(text -> {
            try {
                Instant until = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
                return Optional.of(Duration.between(now, until));
            } catch (DateTimeException notADate) {
                return Optional.empty();
            }
        });
    }

    private static Optional<String> value(Headers headers, String name) {
        return headers.values(name).stream().findFirst().map(String::strip);
    }
}
