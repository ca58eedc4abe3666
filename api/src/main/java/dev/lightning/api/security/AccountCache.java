package dev.lightning.api.security;

import dev.lightning.providers.storage.rows.UserRow;
import dev.lightning.providers.storage.rows.UserRows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Knows an account without a read of the store for every request, and forgets it soon enough for a lock-out to work. */
final class AccountCache {
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final int MOST = 10_000;

    private final UserRows rows;
    private final Clock clock;
    private final BoundedMap<String, Known> known = new BoundedMap<>(MOST);

    AccountCache(UserRows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /** The account as it was at most 30 seconds ago. */
    Optional<UserRow> find(String userId) {
        Instant now = clock.instant();
        synchronized (known) {
            Known entry = known.get(userId);
            if (entry != null && now.isBefore(entry.until())) {
                return entry.user();
            }
        }
        Optional<UserRow> user = rows.find(userId);
        synchronized (known) {
            known.put(userId, new Known(user, now.plus(FRESH)));
        }
        return user;
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private record Known(Optional<UserRow> user, Instant until) {}
}
