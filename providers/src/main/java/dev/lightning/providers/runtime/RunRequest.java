package dev.lightning.providers.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to run and within which bounds.
 *
 * @param name of {@code [a-z0-9-]}, at most 63 characters
 * @param attempt how often the run was interrupted before, so that a runtime can try another place
 * @param image the container image; null for a runtime without images
 * @param command the program and its arguments; empty means the image's own
 * @param env the whole environment, secrets included, besides what the runtime itself adds
 * @param input what standard input gives, as UTF-8
 * @param workspace a folder here whose files the program finds in its working directory; its links are copied as they are.
 *     Null for an empty working directory, and read only by a start that finds no program begun
 */
public record RunRequest(
        String name,
        RunLabels labels,
        int attempt,
        @Nullable String image,
        PullPolicy pull,
        List<String> command,
        Map<String, String> env,
        String input,
        RunLimits limits,
        boolean network,
        RunMachine machine,
        @Nullable Path workspace) {
    public RunRequest {
        command = List.copyOf(command);
        env = Map.copyOf(env);
    }
}
