package dev.lightning.providers.runtime.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;
import com.github.dockerjava.api.model.Ulimit;
import com.github.dockerjava.api.model.Volume;
import dev.lightning.providers.runtime.RunLimits;
import dev.lightning.providers.runtime.RunRejectedException;
import dev.lightning.providers.runtime.RunRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The walls around a program that nobody has looked at: what its container is made of, in one place to be reviewed.
 *
 * <p>The engine keeps the newest output once the log has reached twice {@link RunLimits#outputBytes}, so a log on the
 * disk stays bounded and its end, where the result is, stays there.
 */
final class ContainerPlan {
    static final String WORK = "/work";
    static final String OUTPUT = "/work/out";
    static final String INPUT = "/lightning";
    static final String EVENT_FILE = "event.json";
    static final String NOBODY = "65534:65534";

    /** Linux refuses a program any string of its environment above 128 KiB. */
    private static final int LONGEST_VARIABLE = 100 * 1024;

    private static final long SMALLEST_LOG = 64 * 1024;
    private static final long BILLION = 1_000_000_000;
    private static final String SCRATCH = "rw,noexec,nosuid,nodev,mode=1777,size=";
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    private final DockerRuntimeSettings settings;

    ContainerPlan(DockerRuntimeSettings settings) {
        this.settings = settings;
    }

    /**
     * Fills in everything; the shell is the one program that can give another a file as its standard input.
     *
     * @param program what to run where the request names nothing
     */
    void applyTo(CreateContainerCmd create, RunRequest request, List<String> program, Map<String, String> labels) {
        List<String> arguments = new ArrayList<>(List.of("lightning"));
        arguments.addAll(request.command().isEmpty() ? program : request.command());
        create.withName(request.name())
                .withLabels(labels)
                .withEntrypoint("/bin/sh", "-c", "exec \"$@\" <" + INPUT + "/" + EVENT_FILE)
                .withCmd(arguments)
                .withUser(NOBODY)
                .withWorkingDir(WORK)
                .withEnv(environment(request))
                .withHostConfig(host(request));
    }

    private HostConfig host(RunRequest request) {
        RunLimits limits = request.limits();
        return HostConfig.newHostConfig()
                .withPrivileged(false)
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withReadonlyRootfs(true)
                .withTmpFs(Map.of("/tmp", SCRATCH + "64m", "/run", SCRATCH + "1m", "/var/tmp", SCRATCH + "1m"))
                .withBinds(
                        new Bind(Volumes.input(request.name()), new Volume(INPUT)),
                        new Bind(Volumes.work(request.name()), new Volume(INPUT + WORK)),
                        new Bind(Volumes.work(request.name()), new Volume(WORK)))
                .withMemory(limits.memoryBytes())
                .withMemorySwap(limits.memoryBytes())
                .withNanoCPUs(Math.max(1, (long) (limits.cpus() * BILLION)))
                .withPidsLimit((long) limits.pids())
                .withUlimits(List.of(
                        new Ulimit("nproc", 4096L, 4096L),
                        new Ulimit("nofile", 4096L, 4096L),
                        new Ulimit("core", 0L, 0L),
                        new Ulimit("fsize", settings.largestFile(), settings.largestFile())))
                .withLogConfig(new LogConfig(LoggingType.JSON_FILE, logOptions(limits)))
                .withNetworkMode(request.network() ? Networks.OUTWARD : "none")
                .withDns(request.network() ? settings.dns() : List.of());
    }

    private static Map<String, String> logOptions(RunLimits limits) {
        long kilobytes = Math.max(SMALLEST_LOG, 2 * limits.outputBytes()) / 1024;
        return Map.of("max-size", kilobytes + "k", "max-file", "2");
    }

    private static List<String> environment(RunRequest request) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("HOME", WORK);
        all.putAll(request.env());
        all.put("LIGHTNING_OUTPUT", OUTPUT);
        if (request.input().getBytes(StandardCharsets.UTF_8).length <= LONGEST_VARIABLE) {
            all.put("LIGHTNING_EVENT", request.input());
        }
        return all.entrySet().stream()
                .map(entry -> checked(entry.getKey()) + "=" + entry.getValue())
                .toList();
    }

    private static String checked(String variable) {
        if (!VARIABLE.matcher(variable).matches()) {
            throw new RunRejectedException("\"" + variable + "\" is no name for a variable of the environment", null);
        }
        return variable;
    }
}
