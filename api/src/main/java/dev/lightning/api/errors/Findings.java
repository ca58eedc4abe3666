package dev.lightning.api.errors;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong with a request, so that the caller hears it all at once. */
public final class Findings {
    private final List<FieldError> errors = new ArrayList<>();

    public Findings add(String field, String message) {
        errors.add(new FieldError(field, message));
        return this;
    }

    /** Adds the finding unless the condition holds, or something that comes first is wrong with the field or a part of it. */
    public Findings require(boolean condition, String field, String message) {
        return condition || isWrong(field) ? this : add(field, message);
    }

    private boolean isWrong(String field) {
        return errors.stream()
                .anyMatch(error -> error.field().equals(field) || error.field().startsWith(field + "["));
    }

    public boolean isEmpty() {
        return errors.isEmpty();
    }

    public List<FieldError> errors() {
        return List.copyOf(errors);
    }

    public void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new InvalidRequestException(errors);
        }
    }
}
