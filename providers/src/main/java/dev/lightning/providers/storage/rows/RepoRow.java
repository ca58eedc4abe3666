package dev.lightning.providers.storage.rows;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A repository that a user's worker tasks may check out.
 *
 * @param defaultRef the branch, tag or commit to take when a task names none, null for the repository's own default
 * @param secretRef the name under which the operator keeps the credentials, never the credentials themselves
 */
public record RepoRow(
        String name,
        String url,
        @Nullable String defaultRef,
        @Nullable String secretRef,
        Instant createdAt) {}
