package dev.lightning.api.events;

import dev.lightning.api.errors.Problem;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponseException;

/** The answers that ask the client to come back later. */
final class Refusals {
    private static final Duration AWAY = Duration.ofSeconds(5);

    private Refusals() {}

    static ErrorResponseException temporalAway() {
        return later(Problem.TEMPORAL_UNAVAILABLE.with(), AWAY);
    }

    static ErrorResponseException storeAway() {
        return later(Problem.STORE_UNAVAILABLE.with(), AWAY);
    }

    static ErrorResponseException tooMany(Duration wait) {
        return later(Problem.TOO_MANY_REQUESTS.with(seconds(wait)), wait);
    }

    private static ErrorResponseException later(ErrorResponseException problem, Duration wait) {
        problem.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds(wait)));
        return problem;
    }

    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }
}
