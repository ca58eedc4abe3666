package dev.lightning.providers.tools;

import dev.lightning.providers.storage.rows.ToolDefinition;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an installation gives worker tasks.
 *
 * @param runtimes where programs can run here
 * @param runtime where commands run when the event names no image
 * @param image what they run in when that is a container, null when the event has to say
 * @param limits what a task may use; its {@code timeout} is for events that name none
 * @param maxTimeout the longest time that an event may name
 */
public record WorkerTaskRules(
        List<String> runtimes,
        String runtime,
        @Nullable String image,
        ToolDefinition.Limits limits,
        Duration maxTimeout) {
    static final String PROCESS = "process";
    static final String DOCKER = "docker";
    private static final String ACI = "aci";
    private static final String VM = "vm";

    public WorkerTaskRules {
        runtimes = List.copyOf(runtimes);
    }

    /** Where an event's own image runs: where the others do if that is in containers, else where there are containers. */
    String runtimeOfImages() {
        return takesImages(runtime)
                ? runtime
                : runtimes.stream()
                        .filter(WorkerTaskRules::takesImages)
                        .findFirst()
                        .orElse(DOCKER);
    }

    static boolean takesImages(String kind) {
        return kind.equals(DOCKER) || kind.equals(ACI);
    }

    /** Whether what runs there can be kept from the network. */
    static boolean isClosed(String kind) {
        return !kind.equals(ACI) && !kind.equals(VM);
    }
}
