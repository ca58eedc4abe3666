package dev.lightning.providers.sources;

import java.nio.file.Path;

/** Puts the files of a commit into a folder. Implementations never try again: Temporal does. */
public interface SourceCheckout {
    /**
     * Checks out into a folder that does not exist yet. What of it is there without {@link Result.Done} is worth nothing;
     * removing it is the caller's.
     */
    Result checkOut(SourceRequest request, Path folder);

    /** How a checkout ended; messages are one sentence for people, without credentials and without the server's words. */
    sealed interface Result {
        /** All files are there. */
        record Done(String commit) implements Result {}

        /** There is no such repository, or none that these credentials may see. */
        record NotFound(String message) implements Result {}

        /** The repository wants credentials, or others than these. */
        record AccessRefused(String message) implements Result {}

        /** The repository has no such branch, tag or commit. */
        record RefNotFound(String message) implements Result {}

        /** Trying again will not help, for another reason: an address that is not allowed, or too much of it. */
        record Rejected(String message) implements Result {}

        /** The repository cannot be reached right now; trying again may help. */
        record Away(String message) implements Result {}
    }
}
