package dev.lightning.workflows.tools;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tool as it was when an event matched it; it travels through histories, so secret values are not in it.
 *
 * @param name a DNS label, unique within its owner
 * @param ownerKey whose definition it is: the user's, or {@link #PLATFORM} for one of the operator's files
 * @param runtime where it runs, for example {@code docker}
 * @param image the container image, null for the process runtime
 * @param command the program and its arguments; empty means the image's own
 * @param env plain environment variables
 * @param secretEnv names of the variables whose values only the definition in the store has
 * @param network whether it may use the network
 * @param pull when the image is fetched: {@code missing}, {@code always} or {@code never}
 * @param replicas how many runs there may be at once, null for as many as there are
 * @param resultType the type of the event that a run ends with
 * @param approval whether somebody has to approve each run before it starts; null, as in specs from before there were
 *     approvals, means no
 * @param checkout the repository that a run finds in its working directory, null for an empty one
 * @param machine what it wants to run on, null for what the settings say
 */
public record ToolSpec(
        String name,
        String ownerKey,
        String runtime,
        @Nullable String image,
        List<String> command,
        Map<String, String> env,
        List<String> secretEnv,
        ToolLimits limits,
        boolean network,
        String pull,
        @Nullable Integer replicas,
        String resultType,
        @Nullable Boolean approval,
        @Nullable Checkout checkout,
        @Nullable Machine machine) {
    /** The owner of definitions that come from the operator's files, which every user's events may match. */
    public static final String PLATFORM = "platform";

    public ToolSpec {
        command = List.copyOf(command);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
        secretEnv = List.copyOf(secretEnv);
    }

    public boolean needsApproval() {
        return Boolean.TRUE.equals(approval);
    }
}
