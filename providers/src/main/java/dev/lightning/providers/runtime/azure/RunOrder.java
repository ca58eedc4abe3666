package dev.lightning.providers.runtime.azure;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.lightning.providers.runtime.RunUsage;
import java.time.Duration;
import java.time.Instant;

/**
 * What was ordered for a run.
 *
 * @param location where it was ordered last
 * @param size what it is to run on, as it is billed
 * @param workspace whether it has one
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunOrder(
        String workflowId, Instant createdAt, String location, String size, boolean spot, boolean workspace) {

    /** The same at another place. */
    public RunOrder at(String otherLocation, String otherSize) {
        return new RunOrder(workflowId, createdAt, otherLocation, otherSize, spot, workspace);
    }

    /** What it has cost by then. */
    public RunUsage usage(Instant end) {
        Duration held = Duration.between(createdAt, end);
        return new RunUsage(size, location, held.isNegative() ? Duration.ZERO : held, spot);
    }
}
