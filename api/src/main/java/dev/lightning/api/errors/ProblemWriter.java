package dev.lightning.api.errors;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems where no controller is involved: filters, the security chain, the container itself. */
public final class ProblemWriter {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
            .build();

    private ProblemWriter() {}

    /** Answers with the problem and its headers, unless an answer is on its way already. */
    public static void write(HttpServletResponse response, ErrorResponseException problem) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        problem.getHeaders().forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
        response.setStatus(problem.getStatusCode().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        byte[] body = bytes(problem.getBody());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    static byte[] bytes(ProblemDetail problem) {
        return MAPPER.writeValueAsBytes(problem);
    }

    /** What a bare status means in our words, for answers that others made. */
    static ProblemDetail ofStatus(HttpStatusCode status) {
        return switch (status.value()) {
            case 400 -> Problem.MALFORMED_REQUEST.detail();
            case 401 -> Problem.UNAUTHENTICATED.detail();
            case 403 -> Problem.FORBIDDEN.detail("This is not allowed");
            case 404 -> Problem.NOT_FOUND.detail("endpoint at this path");
            case 405 -> Problem.METHOD_NOT_ALLOWED.detail();
            case 406 -> Problem.NOT_ACCEPTABLE.detail();
            case 413 -> Problem.PAYLOAD_TOO_LARGE.detail(BodyLimitFilter.MAX_BYTES);
            case 415 -> Problem.UNSUPPORTED_MEDIA_TYPE.detail();
            case 500 -> Problem.INTERNAL.detail();
            default -> ProblemDetail.forStatus(status);
        };
    }
}
