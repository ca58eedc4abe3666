package dev.lightning.workflows.events;

/**
 * Whose event it is, as the edge established it.
 *
 * @param key 12 base32 characters of SHA-256 over issuer and subject: opaque, used in ids, rows and search attributes
 * @param userId the name people know the user by
 */
public record Owner(String key, String userId) {}
