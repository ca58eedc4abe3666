package dev.lightning.providers.sources.git;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a checkout may reach and use; what is left out (null) has its default.
 *
 * @param folder where checkouts are made on the worker's disk, before they go to where the run is
 * @param secrets {@code REPO_SECRETS_DIR}, the operator's secrets for private repositories; null for none
 * @param local {@code REPO_ALLOW_LOCAL}, whether http, file and private addresses are allowed too; false
 * @param maxBytes {@code REPO_MAX_BYTES}, how much a checkout may fetch, and how much its files may be; 1 GiB
 * @param timeout {@code REPO_TIMEOUT}, how long it may take; 5 minutes
 */
public record GitSettings(
        @Nullable Path folder,
        @Nullable String secrets,
        @Nullable Boolean local,
        @Nullable Long maxBytes,
        @Nullable Duration timeout) {
    private static final Duration LONGEST = Duration.ofMinutes(20);

    public GitSettings {
        folder = folder == null || folder.toString().isBlank() ? Path.of(".lightning", "checkouts") : folder;
        secrets = secrets == null || secrets.isBlank() ? null : secrets.strip();
        local = Objects.requireNonNullElse(local, false);
        maxBytes = Objects.requireNonNullElse(maxBytes, 1L << 30);
        timeout = Objects.requireNonNullElse(timeout, Duration.ofMinutes(5));
        if (maxBytes < 1) {
            throw new IllegalArgumentException("REPO_MAX_BYTES must be more than 0");
        }
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("REPO_TIMEOUT must be 1 second to 20 minutes");
        }
    }

    @Override
    public Path folder() {
        return Objects.requireNonNull(folder);
    }

    public @Nullable Path secretsFolder() {
        return secrets == null ? null : Path.of(secrets);
    }

    @Override
    public Boolean local() {
        return Objects.requireNonNull(local);
    }

    @Override
    public Long maxBytes() {
        return Objects.requireNonNull(maxBytes);
    }

    @Override
    public Duration timeout() {
        return Objects.requireNonNull(timeout);
    }
}
