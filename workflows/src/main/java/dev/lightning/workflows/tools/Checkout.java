package dev.lightning.workflows.tools;

import org.jspecify.annotations.Nullable;

/**
 * A commit of a repository that a run works on; its credentials stay in the store.
 *
 * @param url where the repository is, never with credentials in it
 * @param ref a branch, a tag or a commit, null for the repository's own default branch
 * @param repository the name under which the event's owner registered it, null for one that the event itself gave
 */
public record Checkout(
        String url, @Nullable String ref, @Nullable String repository) {}
