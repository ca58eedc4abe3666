package dev.lightning.api;

import dev.lightning.api.errors.Problem;
import io.grpc.StatusRuntimeException;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Says problems in web tests of single controllers, without the product's whole error handling. */
@ControllerAdvice
public final class ProblemsForTests extends ResponseEntityExceptionHandler {
    @ExceptionHandler
    ResponseEntity<ProblemDetail> temporalIsAway(StatusRuntimeException status) {
        return ResponseEntity.of(Problem.TEMPORAL_UNAVAILABLE.detail()).build();
    }
}
