package dev.lightning.providers.tools;

import dev.lightning.providers.storage.rows.ToolRow;
import org.jspecify.annotations.Nullable;

/**
 * What a tool makes of an event.
 *
 * @param ownerKey whose definition it is: the event's owner's, or the platform's
 * @param refusal why it does not take the event, in words for people; null when it does
 */
public record ToolMatch(
        ToolRow row, String ownerKey, @Nullable String refusal) {
    public boolean takes() {
        return refusal == null;
    }
}
