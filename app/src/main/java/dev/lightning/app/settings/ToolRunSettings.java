package dev.lightning.app.settings;

import java.util.List;

/**
 * Where tools may run in this installation, and how many at once.
 *
 * @param runtimes {@code TOOL_RUNTIMES}; processes and containers on a developer's own machine, else containers
 * @param perUser {@code TOOL_RUNS_PER_USER}, how many runs a user may have at once; 16
 */
public record ToolRunSettings(List<String> runtimes, Integer perUser) {
    public static final String PROCESS = "process";
    public static final String DOCKER = "docker";

    private static final List<String> KNOWN = List.of(PROCESS, DOCKER);
    private static final int PER_USER = 16;

    public ToolRunSettings {
        perUser = perUser == null ? Integer.valueOf(PER_USER) : perUser;
        if (!KNOWN.containsAll(runtimes)) {
            throw new IllegalArgumentException(
                    "TOOL_RUNTIMES must be a list of names from " + String.join(", ", KNOWN));
        }
        if (perUser < 1) {
            throw new IllegalArgumentException("TOOL_RUNS_PER_USER must be at least 1");
        }
    }

    /**
     * What is offered. Whoever may register may define tools, so programs of the machine itself are offered only to those
     * who sit at it.
     *
     * @param ownMachine whether this is a developer's machine that listens to nobody else
     */
    public List<String> offered(boolean ownMachine) {
        if (runtimes.isEmpty()) {
            return ownMachine ? KNOWN : List.of(DOCKER);
        }
        if (runtimes.contains(PROCESS) && !ownMachine) {
            throw new IllegalArgumentException("TOOL_RUNTIMES=process is for local mode on a loopback address only");
        }
        return runtimes;
    }
}
