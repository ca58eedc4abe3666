package dev.lightning.api.events;

import dev.lightning.workflows.events.Metadata;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a client said happened, freed of the shape it was said in.
 *
 * @param time null when the client left it to us
 */
record Said(
        String type,
        String source,
        @Nullable Instant time,
        @Nullable String subject,
        Metadata metadata) {}
