package dev.lightning.providers.stream;

/**
 * One thing that happened.
 *
 * @param id where to resume after it, in the order of the store
 * @param name the kind of thing
 * @param json what happened
 */
public record LiveItem(String id, String name, String json) {}
