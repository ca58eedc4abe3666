package dev.lightning.api.events;

import dev.lightning.api.errors.Problem;
import dev.lightning.api.security.Caller;
import dev.lightning.api.security.OwnerKeys;
import dev.lightning.workflows.events.Owner;
import org.jspecify.annotations.Nullable;

/** Decides for whom a caller may act: everybody for themselves, an admin for any built-in user too. */
final class Acting {
    static final int MAX_USER_ID = 128;

    private Acting() {}

    /** Whether this can be the name of somebody: neither empty nor too long, and printable. */
    static boolean isUserId(String text) {
        return !text.isBlank() && text.length() <= MAX_USER_ID && Texts.isPrintable(text);
    }

    /**
     * The owner that the request is about.
     *
     * @param userId whom the request names, null for the caller
     */
    static Owner ownerFor(Caller caller, @Nullable String userId) {
        if (userId == null || userId.equals(caller.owner().userId())) {
            return caller.owner();
        }
        if (!caller.admin()) {
            throw Problem.FORBIDDEN.with("Only an admin may act for another user");
        }
        return OwnerKeys.builtIn(userId);
    }
}
