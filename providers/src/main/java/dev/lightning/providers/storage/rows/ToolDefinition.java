package dev.lightning.providers.storage.rows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody defined as a tool or a function: which events start it, and what then runs where.
 *
 * @param name a DNS label, unique within its owner across tools and functions
 * @param accepts event types, exact or with {@code .*} at the end for everything below
 * @param filter a CEL expression over the event, null for every event of these types
 * @param command the program and its arguments; empty means the image's own
 * @param env environment variables that may be shown
 * @param secretEnv environment variables whose values never leave the store
 * @param network whether it may use the network
 * @param replicas how many runs there may be at once; 0 for paused, null for as many as there are
 * @param resultType the type of the event that a run ends with
 * @param approval whether somebody has to approve each run before it starts
 * @param chatSchema the JSON Schema of the arguments with which a chat's model may call it, null when it is not offered
 */
public record ToolDefinition(
        String name,
        Kind kind,
        @Nullable String description,
        boolean enabled,
        List<String> accepts,
        @Nullable String filter,
        Placement runtime,
        List<String> command,
        Map<String, String> env,
        Map<String, String> secretEnv,
        Limits limits,
        boolean network,
        @Nullable Integer replicas,
        String resultType,
        boolean approval,
        @Nullable String chatSchema) {
    /** What it was defined as, which decides where it is listed and whether it can be invoked. */
    public enum Kind {
        TOOL,
        FUNCTION
    }

    /**
     * Where it runs.
     *
     * @param kind for example {@code docker}
     * @param image null where there are no images
     * @param pull {@code missing}, {@code always} or {@code never}
     * @param size of the machine, as the provider calls it; null for what the settings say
     * @param spot whether the machine may be cheaper and be taken away at any moment, after which the run starts again
     * @param reuse whether the machine may have served the same owner before, and may serve them again
     */
    public record Placement(
            String kind,
            @Nullable String image,
            String pull,
            @Nullable String size,
            boolean spot,
            boolean reuse) {
        /** A place where no machine is bought. */
        public Placement(String kind, @Nullable String image, String pull) {
            this(kind, image, pull, null, false, false);
        }
    }

    /**
     * What a run may use.
     *
     * @param memoryBytes memory including swap
     * @param cpus processors, a fraction allowed
     * @param pids processes and threads
     * @param outputBytes how much of its output is kept, and how much it may leave as files
     */
    public record Limits(Duration timeout, long memoryBytes, double cpus, int pids, long outputBytes) {}

    public ToolDefinition {
        accepts = List.copyOf(accepts);
        command = List.copyOf(command);
        env = Map.copyOf(env);
        secretEnv = Map.copyOf(secretEnv);
    }

    public boolean isFunction() {
        return kind == Kind.FUNCTION;
    }

    /** Leaves everything out that may be a secret. */
    @Override
    public String toString() {
        return "ToolDefinition[" + kind + " " + name + "]";
    }
}
