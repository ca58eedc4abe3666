package dev.lightning.providers.filters;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event as a filter sees it; {@code metadata} holds what JSON can. */
public record FilterEvent(
        String id,
        String type,
        String source,
        Instant time,
        @Nullable String subject,
        String userId,
        Map<String, ? extends @Nullable Object> metadata) {}
