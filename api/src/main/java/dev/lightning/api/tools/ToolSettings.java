package dev.lightning.api.tools;

import dev.lightning.providers.storage.rows.ToolDefinition;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The operator's limits on tools; what is not set has its default. Sizes are written like {@code 256Mi}.
 *
 * @param folder where the operator's own definitions are, one YAML file each; null for none
 * @param poll how often that folder is looked at; 2 seconds
 * @param maxPerUser how many tools and functions a user may have; 100
 * @param timeout how long a run may take unless the definition says; 10 minutes
 * @param maxTimeout the longest that a definition may say and a run be extended by; 7 days
 * @param memory memory of a run unless the definition says; 256Mi
 * @param maxMemory the most that a definition may say; 4Gi
 * @param cpu processors of a run unless the definition says; 1
 * @param maxCpu the most that a definition may say; 8
 * @param pids processes and threads of a run unless the definition says; 128
 * @param maxPids the most that a definition may say; 4096
 * @param output how much a run may write unless the definition says; 64Mi
 * @param maxOutput the most that a definition may say; 1Gi
 */
public record ToolSettings(
        @Nullable String folder,
        Duration poll,
        Integer maxPerUser,
        Duration timeout,
        Duration maxTimeout,
        String memory,
        String maxMemory,
        Double cpu,
        Double maxCpu,
        Integer pids,
        Integer maxPids,
        String output,
        String maxOutput) {
    static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
    static final long LEAST_MEMORY = 4L << 20;
    static final double LEAST_CPU = 0.01;
    static final int LEAST_PIDS = 1;
    static final long LEAST_OUTPUT = 1L << 10;

    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(30);
    private static final long MOST_MEMORY = 1L << 40;
    private static final double MOST_CPU = 256;
    private static final int MOST_PIDS = 1_000_000;
    private static final long MOST_OUTPUT = 16L << 30;

    /** What Spring binds, with nulls for what is not set; throws for what cannot be. */
    public ToolSettings(
            @Nullable String folder,
            @Nullable Duration poll,
            @Nullable Integer maxPerUser,
            @Nullable Duration timeout,
            @Nullable Duration maxTimeout,
            @Nullable String memory,
            @Nullable String maxMemory,
            @Nullable Double cpu,
            @Nullable Double maxCpu,
            @Nullable Integer pids,
            @Nullable Integer maxPids,
            @Nullable String output,
            @Nullable String maxOutput) {
        this.folder = folder == null || folder.isBlank() ? null : folder.strip();
        this.poll = poll == null ? Duration.ofSeconds(2) : poll;
        this.maxPerUser = maxPerUser == null ? Integer.valueOf(100) : maxPerUser;
        this.timeout = timeout == null ? Duration.ofMinutes(10) : timeout;
        this.maxTimeout = maxTimeout == null ? Duration.ofDays(7) : maxTimeout;
        this.memory = textOr(memory, "256Mi");
        this.maxMemory = textOr(maxMemory, "4Gi");
        this.cpu = cpu == null ? Double.valueOf(1) : cpu;
        this.maxCpu = maxCpu == null ? Double.valueOf(8) : maxCpu;
        this.pids = pids == null ? Integer.valueOf(128) : pids;
        this.maxPids = maxPids == null ? Integer.valueOf(4096) : maxPids;
        this.output = textOr(output, "64Mi");
        this.maxOutput = textOr(maxOutput, "1Gi");
        requireAll();
    }

    private void requireAll() {
        require(
                poll.compareTo(Duration.ofMillis(100)) >= 0 && poll.compareTo(Duration.ofHours(1)) <= 0,
                "TOOLS_POLL must be 100 milliseconds to 1 hour");
        require(maxPerUser >= 1 && maxPerUser <= 1_000, "TOOLS_MAX_PER_USER must be 1 to 1000");
        requireOrder(SHORTEST_TIMEOUT, maxTimeout, LONGEST_TIMEOUT, "TOOL_MAX_TIMEOUT must be 1 second to 30 days");
        requireOrder(SHORTEST_TIMEOUT, timeout, maxTimeout, "TOOL_TIMEOUT must be 1 second to TOOL_MAX_TIMEOUT");
        requireSize(LEAST_MEMORY, maxMemory, MOST_MEMORY, "TOOL_MAX_MEMORY must be a size from 4Mi to 1024Gi");
        requireSize(LEAST_MEMORY, memory, bytes(maxMemory), "TOOL_MEMORY must be a size from 4Mi to TOOL_MAX_MEMORY");
        requireOrder(LEAST_CPU, maxCpu, MOST_CPU, "TOOL_MAX_CPU must be 0.01 to 256");
        requireOrder(LEAST_CPU, cpu, maxCpu, "TOOL_CPU must be 0.01 to TOOL_MAX_CPU");
        requireOrder(LEAST_PIDS, maxPids, MOST_PIDS, "TOOL_MAX_PIDS must be 1 to 1000000");
        requireOrder(LEAST_PIDS, pids, maxPids, "TOOL_PIDS must be 1 to TOOL_MAX_PIDS");
        requireSize(LEAST_OUTPUT, maxOutput, MOST_OUTPUT, "TOOL_MAX_OUTPUT must be a size from 1Ki to 16Gi");
        requireSize(LEAST_OUTPUT, output, bytes(maxOutput), "TOOL_OUTPUT must be a size from 1Ki to TOOL_MAX_OUTPUT");
    }

    /** What a run may use that says nothing itself. */
    public ToolDefinition.Limits usual() {
        return new ToolDefinition.Limits(timeout, memoryBytes(), cpu, pids, outputBytes());
    }

    long memoryBytes() {
        return bytes(memory);
    }

    long maxMemoryBytes() {
        return bytes(maxMemory);
    }

    long outputBytes() {
        return bytes(output);
    }

    long maxOutputBytes() {
        return bytes(maxOutput);
    }

    private static long bytes(String text) {
        Long bytes = ByteSizes.read(text);
        return bytes == null ? -1 : bytes;
    }

    private static String textOr(@Nullable String text, String usual) {
        return text == null || text.isBlank() ? usual : text.strip();
    }

    private static void requireSize(long least, String size, long most, String message) {
        requireOrder(least, bytes(size), most, message);
    }

    private static <T extends Comparable<T>> void requireOrder(T least, T value, T most, String message) {
        require(least.compareTo(value) <= 0 && value.compareTo(most) <= 0, message);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
