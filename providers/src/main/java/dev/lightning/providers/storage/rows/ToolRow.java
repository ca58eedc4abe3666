package dev.lightning.providers.storage.rows;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A definition as it is stored.
 *
 * @param origin the operator's file it comes from, null when it came over the API
 * @param etag what a change names to be sure that nobody else changed the row; empty before it is stored
 */
public record ToolRow(
        ToolDefinition definition, @Nullable String origin, Instant createdAt, Instant updatedAt, String etag) {

    public String name() {
        return definition.name();
    }

    /** The row of a definition that was not there before. */
    public static ToolRow created(ToolDefinition definition, @Nullable String origin, Instant now) {
        return new ToolRow(definition, origin, now, now, "");
    }

    /** The same row with another definition, for {@link ToolRows#update}. */
    public ToolRow changed(ToolDefinition newDefinition, @Nullable String newOrigin, Instant now) {
        return new ToolRow(newDefinition, newOrigin, createdAt, now, etag);
    }

    ToolRow stored(String newEtag) {
        return new ToolRow(definition, origin, createdAt, updatedAt, newEtag);
    }
}
