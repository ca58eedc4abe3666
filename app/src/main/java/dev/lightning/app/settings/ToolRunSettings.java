package dev.lightning.app.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where tools may run in this installation, and how many at once.
 *
 * @param runtimes {@code TOOL_RUNTIMES}; processes and containers on a developer's own machine, else containers: those of
 *     Azure where a subscription is named
 * @param perUser {@code TOOL_RUNS_PER_USER}, how many runs a user may have at once; 16
 * @param subscription {@code AZURE_SUBSCRIPTION_ID}, in which runtimes of Azure order what they run on
 */
public record ToolRunSettings(
        List<String> runtimes, Integer perUser, @Nullable String subscription) {
    public static final String PROCESS = "process";
    public static final String DOCKER = "docker";

    public static final String ACI = "aci";
    public static final String VM = "vm";

    private static final List<String> KNOWN = List.of(PROCESS, DOCKER, ACI, VM);
    private static final List<String> ON_OWN_MACHINE = List.of(PROCESS, DOCKER);
    private static final List<String> ON_AZURE = List.of(ACI);
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
            return ownMachine ? ON_OWN_MACHINE : isOnAzure() ? ON_AZURE : List.of(DOCKER);
        }
        if (runtimes.contains(PROCESS) && !ownMachine) {
            throw new IllegalArgumentException("TOOL_RUNTIMES=process is for local mode on a loopback address only");
        }
        return runtimes;
    }

    private boolean isOnAzure() {
        return subscription != null && !subscription.isBlank();
    }

    /** Whether any of these orders what it runs on from Azure. */
    public static boolean needsAzure(List<String> offered) {
        return offered.contains(ACI) || offered.contains(VM);
    }
}
