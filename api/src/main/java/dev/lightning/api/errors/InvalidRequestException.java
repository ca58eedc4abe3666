package dev.lightning.api.errors;

import java.util.List;
import org.springframework.web.ErrorResponseException;

/** The request is wrong in these ways; answered as 400 with all of them. */
public final class InvalidRequestException extends ErrorResponseException {
    private static final long serialVersionUID = 1;

    public InvalidRequestException(List<FieldError> errors) {
        super(Problem.INVALID_REQUEST.status(), Problem.INVALID_REQUEST.detail(), null);
        getBody().setProperty("errors", List.copyOf(errors));
    }

    public InvalidRequestException(String field, String message) {
        this(List.of(new FieldError(field, message)));
    }
}
