package dev.lightning.api.errors;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.validation.Errors;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Finds the field names in what the framework says is wrong. */
final class Mistakes {
    private static final String WRONG_TYPE = "has the wrong type or format";

    private Mistakes() {}

    static List<FieldError> of(Errors errors) {
        return Stream.concat(
                        errors.getFieldErrors().stream()
                                .map(error -> new FieldError(error.getField(), words(error.getDefaultMessage()))),
                        errors.getGlobalErrors().stream()
                                .map(error -> new FieldError("", words(error.getDefaultMessage()))))
                .toList();
    }

    static List<FieldError> of(HandlerMethodValidationException failure) {
        return failure.getParameterValidationResults().stream()
                .flatMap(result -> result instanceof ParameterErrors body ? of((Errors) body).stream() : of(result))
                .toList();
    }

    static FieldError of(TypeMismatchException failure) {
        String name = failure instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : failure.getPropertyName();
        return new FieldError(name == null ? "" : name, WRONG_TYPE);
    }

    /** The field of a well-formed body that has a value of a wrong type, if that is what is wrong. */
    static Optional<List<FieldError>> ofType(Exception unreadable) {
        return Causes.find(unreadable, MismatchedInputException.class)
                .map(Mistakes::path)
                .filter(path -> !path.isEmpty())
                .map(path -> List.of(new FieldError(path, WRONG_TYPE)));
    }

    private static Stream<FieldError> of(ParameterValidationResult result) {
        String name = result.getMethodParameter().getParameterName();
        return result.getResolvableErrors().stream()
                .map(error -> new FieldError(name == null ? "" : name, words(error.getDefaultMessage())));
    }

    private static String path(JacksonException failure) {
        return failure.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static String words(@Nullable String message) {
        return message == null ? "is not valid" : message;
    }
}
