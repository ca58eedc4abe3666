package dev.lightning.api.errors;

import dev.lightning.api.temporal.TemporalFailures;
import dev.lightning.providers.storage.StorageUnavailableException;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/** Turns whatever goes wrong in a controller into the problem a caller is told about. */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final Duration OUTAGE = Duration.ofSeconds(5);

    @ExceptionHandler(AccessDeniedException.class)
    @Nullable
    ResponseEntity<Object> handleAccessDenied(AccessDeniedException failure, WebRequest request) {
        return answer(failure, Problem.FORBIDDEN.with("This is not allowed"), request);
    }

    @ExceptionHandler(AuthenticationException.class)
    @Nullable
    ResponseEntity<Object> handleUnauthenticated(AuthenticationException failure, WebRequest request) {
        return answer(failure, Problem.UNAUTHENTICATED.with(), request);
    }

    @ExceptionHandler(Exception.class)
    @Nullable
    ResponseEntity<Object> handleAnythingElse(Exception failure, WebRequest request, HttpServletRequest servlet) {
        if (Causes.find(failure, BodyTooLargeException.class).isPresent()) {
            return answer(failure, tooLarge(), request);
        }
        if (Causes.find(failure, InvalidParameterException.class).isPresent()
                || Causes.find(failure, RequestRejectedException.class).isPresent()) {
            return answer(failure, Problem.MALFORMED_REQUEST.with(), request);
        }
        if (storeIsAway(failure)) {
            LOG.warn("event=store.unavailable path={} reason=\"{}\"", servlet.getRequestURI(), storeInWords(failure));
            return answer(failure, Problem.STORE_UNAVAILABLE.away(), request);
        }
        if (TemporalFailures.isAway(failure)) {
            LOG.warn(
                    "event=temporal.unavailable path={} reason={}",
                    servlet.getRequestURI(),
                    TemporalFailures.inWords(failure));
            return answer(failure, Problem.TEMPORAL_UNAVAILABLE.away(), request);
        }
        if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            LOG.debug("event=client.gone path={}", servlet.getRequestURI());
            return null;
        }
        LOG.error("event=request.failed method={} path={}", servlet.getMethod(), servlet.getRequestURI(), failure);
        return answer(failure, Problem.INTERNAL.with(), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (Causes.find(failure, BodyTooLargeException.class).isPresent()) {
            return answer(failure, tooLarge(), request);
        }
        ErrorResponseException problem = Mistakes.ofType(failure)
                .<ErrorResponseException>map(InvalidRequestException::new)
                .orElseGet(() -> Malformed.of(failure));
        return answer(failure, problem, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(failure, new InvalidRequestException(Mistakes.of(failure.getBindingResult())), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return failure.isForReturnValue()
                ? super.handleHandlerMethodValidationException(failure, headers, status, request)
                : answer(failure, new InvalidRequestException(Mistakes.of(failure)), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException failure,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return answer(failure, new InvalidRequestException(failure.getParameterName(), "is required"), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(failure, new InvalidRequestException(List.of(Mistakes.of(failure))), request);
    }

    /** Every answer passes here: ours keep their body, those of the framework get the body of their status. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Object said = body == null && failure instanceof ErrorResponse response ? response.getBody() : body;
        if (said instanceof ProblemDetail ours && isOurs(ours)) {
            locate(ours, request);
            return super.handleExceptionInternal(failure, ours, complete(headers, status), status, request);
        }
        if (status.is5xxServerError()) {
            LOG.error("event=request.failed", failure);
        }
        ProblemDetail problem = ProblemWriter.ofStatus(status);
        locate(problem, request);
        return super.handleExceptionInternal(failure, problem, complete(headers, status), status, request);
    }

    /** What goes wrong once more on the way to the error page is still about the path that was asked for. */
    private static void locate(ProblemDetail problem, WebRequest request) {
        Object asked = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI, RequestAttributes.SCOPE_REQUEST);
        if (problem.getInstance() == null) {
            problem.setInstance(Asked.path(asked));
        }
    }

    private static HttpHeaders complete(HttpHeaders headers, HttpStatusCode status) {
        HttpHeaders complete = new HttpHeaders();
        complete.putAll(headers);
        complete.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (status.value() == 401 && !complete.containsHeader(HttpHeaders.WWW_AUTHENTICATE)) {
            complete.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (status.value() == 503 && !complete.containsHeader(HttpHeaders.RETRY_AFTER)) {
            complete.set(HttpHeaders.RETRY_AFTER, Long.toString(OUTAGE.toSeconds()));
        }
        return complete;
    }

    private @Nullable ResponseEntity<Object> answer(
            Exception failure, ErrorResponseException problem, WebRequest request) {
        return handleExceptionInternal(
                failure, problem.getBody(), problem.getHeaders(), problem.getStatusCode(), request);
    }

    /** The rows say so by their own exception; the blob store by the one of the Java library. */
    private static boolean storeIsAway(Exception failure) {
        return Causes.find(failure, StorageUnavailableException.class).isPresent()
                || Causes.find(failure, UncheckedIOException.class).isPresent();
    }

    /** The store's own sentence names the host and says whether it is a matter of sign-in. */
    private static String storeInWords(Exception failure) {
        return Causes.find(failure, StorageUnavailableException.class)
                .map(away -> String.valueOf(away.getMessage()))
                .orElseGet(() -> Causes.names(failure));
    }

    private static ErrorResponseException tooLarge() {
        return Problem.PAYLOAD_TOO_LARGE.with(BodyLimitFilter.MAX_BYTES);
    }

    private static boolean isOurs(ProblemDetail problem) {
        return problem.getType() != null && problem.getType().toString().startsWith("/problems/");
    }
}
