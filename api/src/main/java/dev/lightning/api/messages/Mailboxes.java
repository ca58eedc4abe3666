package dev.lightning.api.messages;

import dev.lightning.api.errors.Problem;
import dev.lightning.api.security.Caller;
import dev.lightning.api.security.OwnerKeys;
import dev.lightning.workflows.events.Owner;
import org.jspecify.annotations.Nullable;

/** Decides whose messages a caller may see: everybody their own, an admin anybody's. */
final class Mailboxes {
    private Mailboxes() {}

    /** The owner asked for; for a stranger it does not exist, whether it does or not. */
    static Owner of(Caller caller, @Nullable String userId) {
        if (userId == null || userId.equals(caller.owner().userId())) {
            return caller.owner();
        }
        if (!caller.admin()) {
            throw Problem.NOT_FOUND.with("such user");
        }
        return OwnerKeys.builtIn(userId);
    }
}
