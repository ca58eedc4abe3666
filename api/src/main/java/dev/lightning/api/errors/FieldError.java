package dev.lightning.api.errors;

/**
 * One thing that is wrong with a request.
 *
 * @param field the JSON path, header or parameter it is about
 */
public record FieldError(String field, String message) {}
