package dev.lightning.api.schedules;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a new schedule as the API description shows it; {@link ScheduleReader} reads the real one. */
@Schema(
        name = "Schedule",
        description = "An event and when it is to happen: either once at a timestamp, or again and again by a cron"
                + " expression. The event's fields may also stand at the top level; then cron, if given, is the timing,"
                + " and without it timestamp is.",
        example = """
                {"id": "morning", "cron": "0 8 * * 1-5", "timeZone": "Europe/Berlin", "event": {"source": "docs",\
                 "type": "llm.chat", "userID": "alice", "metadata": {"prompt": "A good morning in one line"}}}""")
record ScheduleBody(
        @Nullable ScheduledEvent event,

        @Schema(description = "The schedule's id, to make a repeat harmless") @Nullable
        String id,

        @Schema(description = "When the event is due, with zone or offset") @Nullable
        String timestamp,

        @Schema(
                description = "5 fields, 6 with seconds first, 7 from second to year, or a word like @hourly",
                example = "0 8 * * mon-fri")
        @Nullable
        String cron,

        @Schema(description = "IANA name, UTC by default", example = "Europe/Berlin") @Nullable
        String timeZone,

        @Schema(description = "When a run is due while an earlier one goes on; SKIP by default") @Nullable
        Overlap overlap,

        @Schema(
                description = "How late a run may start after an outage, as ISO-8601 or like 90s, 30m, 1h, 2d",
                example = "PT1H")
        @Nullable
        String catchUpWindow,

        @Schema(description = "Says that a day must match both day of month and day of week", example = "and") @Nullable
        String dayMatch) {
    /** The event to happen, as it is posted, but for its time, which is when it is due unless it says. */
    record ScheduledEvent(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, minLength = 1, maxLength = 256)
            String source,

            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    maxLength = 128,
                    pattern = "^[a-z0-9_-]+(\\.[a-z0-9_-]+)*$")
            String type,

            @JsonProperty("userID") @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            String userId,

            @Schema(types = "object") @Nullable Map<String, Object> metadata,

            @Nullable Instant timestamp,

            @Schema(description = "The same as the schedule's, or absent") @Nullable
            String id,

            @Schema(minLength = 1, maxLength = 256) @Nullable
            String subject) {}
}
