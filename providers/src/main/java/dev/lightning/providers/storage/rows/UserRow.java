package dev.lightning.providers.storage.rows;

import java.time.Instant;

/**
 * An account of the built-in issuer.
 *
 * @param passwordHash encoded with its algorithm and parameters; never shown
 * @param admin whether this user may see and act for everybody; nothing else, and no name, grants that
 * @param disabled whether the account and its tokens are refused
 */
public record UserRow(String userId, String passwordHash, boolean admin, boolean disabled, Instant createdAt) {
    public UserRow withPasswordHash(String hash) {
        return new UserRow(userId, hash, admin, disabled, createdAt);
    }

    public UserRow withDisabled(boolean refused) {
        return new UserRow(userId, passwordHash, admin, refused, createdAt);
    }

    /** Leaves the hash out, because records end up in logs. */
    @Override
    public String toString() {
        return "UserRow[userId=" + userId + ", admin=" + admin + ", disabled=" + disabled + "]";
    }
}
