package dev.lightning.providers.model;

/**
 * A tool that a model asks for, word for word; none of it can be relied on.
 *
 * @param id the model's name for the call, which may be empty or there twice
 * @param arguments what should be a JSON object
 */
public record ModelToolCall(String id, String name, String arguments) {}
