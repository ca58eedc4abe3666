package dev.lightning.api.security;

import dev.lightning.api.errors.Problem;
import dev.lightning.workflows.events.Owner;
import org.jspecify.annotations.Nullable;

/** Decides whose things a request is about: the caller's own, or for an admin those of the built-in user it names. */
public final class ActingFor {
    private ActingFor() {}

    /**
     * The owner that a request is about.
     *
     * @param userId whom the request names, null for the caller
     * @throws org.springframework.web.ErrorResponseException {@code FORBIDDEN} when somebody else than an admin names
     *     another user
     */
    public static Owner owner(Caller caller, @Nullable String userId) {
        if (userId == null || userId.equals(caller.owner().userId())) {
            return caller.owner();
        }
        if (!caller.admin()) {
            throw Problem.FORBIDDEN.with("Only an admin may name another user");
        }
        return OwnerKeys.builtIn(userId);
    }
}
