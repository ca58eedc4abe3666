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
 * @param machine what it is to run on, where that serves others before or after it; null where it is named like the run
 * @param placement how it came to that machine; null until it has, and where the machine is named like the run
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunOrder(
        String workflowId,
        Instant createdAt,
        String location,
        String size,
        boolean spot,
        @Nullable String operation,
        @Nullable String machine,
        @Nullable Placement placement) {

    /** The ways to a machine that serves several. */
    public enum Placement {
        BOUGHT,
        CLAIMED
    }

    /** One that will be ordered under the name of the run. */
    public RunOrder(
            String workflowId,
            Instant createdAt,
            String location,
            String size,
            boolean spot,
            @Nullable String operation) {
        this(workflowId, createdAt, location, size, spot, operation, null, null);
    }

    /** The same at another place, not ordered there yet. */
    public RunOrder at(String otherLocation, String otherSize) {
        return new RunOrder(workflowId, createdAt, otherLocation, otherSize, spot, null);
    }

    /** The same, after it was ordered. */
    public RunOrder with(@Nullable String begun) {
        return new RunOrder(workflowId, createdAt, location, size, spot, begun, machine, placement);
    }

    /** The same for a machine that serves several. */
    public RunOrder on(String shared, @Nullable Placement placed) {
        return new RunOrder(workflowId, createdAt, location, size, spot, operation, shared, placed);
    }

    /** Whether it runs, or is about to, on this machine that serves several. */
    public boolean isOn(String shared) {
        return shared.equals(machine);
    }

    /** What it has cost by then. */
    public RunUsage usage(Instant end) {
        Duration held = Duration.between(createdAt, end);
        return new RunUsage(size, location, held.isNegative() ? Duration.ZERO : held, spot);
    }
}
