package dev.lightning.workflows.tools;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would run, as whoever approves of it has to see it; with the run's event it is all that the decision is about.
 *
 * @param image the container image, null for the process runtime
 * @param command the program and its arguments; empty means the image's own
 * @param network whether it may use the network
 */
public record Proposal(String runtime, @Nullable String image, List<String> command, boolean network) {
    public Proposal {
        command = List.copyOf(command);
    }

    static Proposal of(ToolSpec tool) {
        return new Proposal(tool.runtime(), tool.image(), tool.command(), tool.network());
    }
}
