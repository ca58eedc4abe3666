package dev.lightning.api.errors;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Every error a caller can be told about: one constant, one status, one documented type URI. */
public enum Problem {
    INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request has errors"),
    MALFORMED_REQUEST(HttpStatus.BAD_REQUEST, "The path, the query or a header of the request cannot be read"),
    MALFORMED_JSON(HttpStatus.BAD_REQUEST, "The body is not the JSON this endpoint takes: %s"),
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "A valid bearer token is needed"),
    WRONG_CREDENTIALS(HttpStatus.UNAUTHORIZED, "The user name or the password is wrong"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "%s"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is no %s"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This path does not take this method"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "This endpoint cannot answer in the media type asked for"),
    CONFLICT(HttpStatus.CONFLICT, "%s"),
    PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED, "%s"),
    PAYLOAD_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is larger than %s bytes"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "This endpoint does not take this content type"),
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "Too many requests; try again in %s seconds"),
    OVERLOADED(
            HttpStatus.TOO_MANY_REQUESTS,
            "What has been accepted waits too long for more to be taken; try again in %s seconds"),
    TEMPORAL_UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Temporal did not answer in time; what has an id is safe to send again with the same id"),
    ISSUER_UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE, "The keys of the token's issuer cannot be had right now; try again"),
    STORE_UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE,
            "The store did not answer in time; what has an id is safe to send again with the same id"),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong on our side; the operator's log says more");

    private static final Duration OUTAGE = Duration.ofSeconds(5);

    private final HttpStatus status;
    private final String detail;

    Problem(HttpStatus status, String detail) {
        this.status = status;
        this.detail = detail;
    }

    public HttpStatus status() {
        return status;
    }

    /** The last part of its type URI, where its page is. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The answer's body; {@code facts} fill the gaps of the sentence. */
    public ProblemDetail detail(Object... facts) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail.formatted(facts));
        problem.setType(URI.create("/problems/" + slug()));
        problem.setTitle(status.getReasonPhrase());
        return problem;
    }

    public ErrorResponseException with(Object... facts) {
        return new ErrorResponseException(status, detail(facts), null);
    }

    /** The same, with a {@code Retry-After} of this long, rounded up to whole seconds and at least one. */
    public ErrorResponseException retryAfter(Duration wait, Object... facts) {
        ErrorResponseException problem = with(facts);
        problem.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds(wait)));
        return problem;
    }

    /** The same, for what is likely to be over in a few seconds. */
    public ErrorResponseException away() {
        return retryAfter(OUTAGE);
    }

    /** Nothing of this kind has this id, or somebody else's has. */
    public static ErrorResponseException noSuch(String kind, String id) {
        return NOT_FOUND.with(kind + " " + Shown.of(id));
    }

    /** Tells a caller who asks too often when to come back. */
    public static ErrorResponseException tooManyRequests(Duration wait) {
        return TOO_MANY_REQUESTS.retryAfter(wait, seconds(wait));
    }

    /** Tells a caller when there is likely to be room again; what they have sent so far is not accepted. */
    public static ErrorResponseException overloaded(Duration wait) {
        return OVERLOADED.retryAfter(wait, seconds(wait));
    }

    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    }
}
