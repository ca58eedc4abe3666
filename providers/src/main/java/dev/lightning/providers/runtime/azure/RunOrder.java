package dev.lightning.providers.runtime.azure;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.lightning.providers.runtime.RunUsage;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was ordered for a run.
 *
 * @param location where it was ordered last
 * @param size what it is to run on, as it is billed
 * @param operation where Azure says how far it has come, null while that is not known
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunOrder(
        String workflowId,
        Instant createdAt,
        String location,
        String size,
        boolean spot,
        @Nullable String operation) {

    /** The same at another place, not ordered there yet. */
    public RunOrder at(String otherLocation, String otherSize) {
        return new RunOrder(workflowId, createdAt, otherLocation, otherSize, spot, null);
    }

    /** The same, after it was ordered. */
    public RunOrder with(@Nullable String begun) {
        return new RunOrder(workflowId, createdAt, location, size, spot, begun);
    }

    /** What it has cost by then. */
    public RunUsage usage(Instant end) {
        Duration held = Duration.between(createdAt, end);
        return new RunUsage(size, location, held.isNegative() ? Duration.ZERO : held, spot);
    }
}
