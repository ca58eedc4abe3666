package dev.lightning.providers.storage;

/**
 * A stored row.
 *
 * @param etag changes with every write; an update names the one it has seen
 */
public record Entity(String partition, String row, Properties properties, String etag) {}
