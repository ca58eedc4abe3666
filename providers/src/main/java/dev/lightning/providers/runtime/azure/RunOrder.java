package dev.lightning.providers.runtime.azure;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.lightning.providers.runtime.RunUsage;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was ordered for a run.
 *
 * @param createdAt when the run first asked for it
 * @param location where it was ordered last
 * @param size what it is to run on, as it is billed
 * @param operation where Azure says how far it has come, null while that is not known
 * @param machine what it is to run on, where that serves others before or after it; null where it is named like the run
 * @param placement how it came to that machine; null until it has, and where the machine is named like the run
 * @param runtime the kind of the runtime that orders it; null where that is not known, because it is older than this
 * @param orderedAt when it was ordered last, which is the time that Azure took it unless it refused it; null before that,
 *     and where it is older than this
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
        @Nullable Placement placement,
        @Nullable String runtime,
        @Nullable Instant orderedAt) {

    /** The ways to a machine that serves several. */
    public enum Placement {
        BOUGHT,
        CLAIMED
    }

    /** One that will be ordered under the name of the run. */
    public RunOrder(String workflowId, Instant createdAt, String location, String size, boolean spot, String runtime) {
        this(workflowId, createdAt, location, size, spot, null, null, null, runtime, null);
    }

    /** The same at another place, where it is about to be ordered. */
    public RunOrder at(String otherLocation, String otherSize, Instant now) {
        return new RunOrder(workflowId, createdAt, otherLocation, otherSize, spot, null, null, null, runtime, now);
    }

    /** The same, after it was ordered. */
    public RunOrder with(@Nullable String begun) {
        return new RunOrder(workflowId, createdAt, location, size, spot, begun, machine, placement, runtime, orderedAt);
    }

    /** The same for a machine that serves several. */
    public RunOrder on(String shared, @Nullable Placement placed) {
        return new RunOrder(workflowId, createdAt, location, size, spot, operation, shared, placed, runtime, orderedAt);
    }

    /** Whether this runtime is to remove what is left of it; where that is not known each may, as they always did. */
    public boolean mayBeOf(String kind) {
        return runtime == null || runtime.equals(kind);
    }

    /** Whether it runs, or is about to, on this machine that serves several. */
    public boolean isOn(String shared) {
        return shared.equals(machine);
    }

    /** When it was ordered last: what came before that was waiting, for which nothing is billed. */
    public Instant placedAt() {
        return orderedAt == null ? createdAt : orderedAt;
    }

    /** What it has cost by then. */
    public RunUsage usage(Instant end) {
        Duration held = Duration.between(placedAt(), end);
        return new RunUsage(size, location, held.isNegative() ? Duration.ZERO : held, spot);
    }
}
