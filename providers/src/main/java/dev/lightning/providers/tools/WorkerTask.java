package dev.lightning.providers.tools;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code worker.task} event asks, read from its metadata the same way at the edge, where a wrong one is refused,
 * and by the activity, which meets events that no edge has seen; incomplete when there are findings.
 *
 * @param repo an address, or the name under which the event's owner registered the repository
 * @param ref a branch, a tag or a commit, null for the repository's default
 * @param runtime where the commands run
 * @param image the container image, null for the process runtime
 * @param commands what a shell gets, one after the other
 * @param network whether the commands may use the network
 * @param findings everything that is wrong; never what was written
 */
public record WorkerTask(
        String repo,
        @Nullable String ref,
        String runtime,
        @Nullable String image,
        List<String> commands,
        Map<String, String> env,
        Duration timeout,
        boolean network,
        List<Finding> findings) {
    /** The type of the event that asks for one. */
    public static final String TYPE = "worker.task";

    /** The name of its run, as tools have names; no definition may have it. */
    public static final String NAME = "worker-task";

    public WorkerTask {
        commands = List.copyOf(commands);
        env = Map.copyOf(env);
        findings = List.copyOf(findings);
    }

    /**
     * One thing that is wrong.
     *
     * @param field its path within the metadata, for example {@code commands[0]}
     */
    public record Finding(String field, String message) {}

    public boolean isValid() {
        return findings.isEmpty();
    }

    /** Whether the repository is named by its address, and not by a name that it is registered under. */
    public boolean namesAddress() {
        return WorkerTasks.isAddress(repo);
    }
}
