package dev.lightning.providers.sources;

import org.jspecify.annotations.Nullable;

/**
 * Which commit of which repository.
 *
 * @param url one that {@link RepoUrls#checkoutProblem} has nothing against
 * @param ref a branch, a tag or a commit's whole id, null for the repository's own default
 * @param credentials null for a repository that everybody may read
 */
public record SourceRequest(
        String url, @Nullable String ref, @Nullable Credentials credentials) {
    /** What opens a repository; it exists between the secret's file and the request that needs it, and nowhere else. */
    public record Credentials(String username, String password) {
        @Override
        public String toString() {
            return "Credentials[hidden]";
        }
    }
}
