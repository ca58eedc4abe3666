package dev.lightning.providers.runtime.docker;

import dev.lightning.providers.runtime.KnownRun;
import dev.lightning.providers.runtime.RunRequest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What we write on everything that we make, so that whoever cleans up knows whose it is. */
final class Labels {
    static final String INSTANCE = "lightning.instance";
    static final String WORKFLOW = "lightning.workflow";
    static final String CREATED = "lightning.created";
    static final String DEADLINE = "lightning.deadline";
    static final String RUN = "lightning.run";

    private Labels() {}

    static Map<String, String> of(String instance, RunRequest request, Instant now) {
        return Map.of(
                INSTANCE,
                instance,
                WORKFLOW,
                request.labels().workflowId(),
                CREATED,
                now.toString(),
                DEADLINE,
                now.plus(request.limits().lifetime()).toString(),
                RUN,
                request.name());
    }

    static KnownRun run(Map<String, String> labels) {
        return new KnownRun(
                labels.getOrDefault(RUN, ""),
                labels.getOrDefault(WORKFLOW, ""),
                instant(labels.get(CREATED), Instant.EPOCH));
    }

    static Instant deadline(Map<String, String> labels) {
        return instant(labels.get(DEADLINE), Instant.MAX);
    }

    private static Instant instant(@Nullable String text, Instant otherwise) {
        try {
            return text == null ? otherwise : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return otherwise;
        }
    }
}
