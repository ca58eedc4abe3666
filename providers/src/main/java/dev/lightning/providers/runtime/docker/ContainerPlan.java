package dev.lightning.providers.runtime.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;
import com.github.dockerjava.api.model.Ulimit;
import com.github.dockerjava.api.model.Volume;
import dev.lightning.providers.runtime.RunEnvironment;
import dev.lightning.providers.runtime.RunLimits;
import dev.lightning.providers.runtime.RunRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The walls around a program that nobody has looked at: what its container is made of, in one place to be reviewed.
 *
 * <p>The engine keeps the newest output once the log has reached four times {@link RunLimits#outputBytes}, so a log on
 * the disk stays bounded and its end, where the result is, stays there. Podman begins anew then; {@link LogBeginning}
 * finds out.
 */
final class ContainerPlan {
    static final String WORK = "/work";
    static final String OUTPUT = "/work/out";
    static final String INPUT = "/lightning";
    static final int KILLED = 137;
    static final String EVENT_FILE = "event.json";

    /** Names the folder in the work directory that has the whole workspace, should there be one. */
    static final String WORKSPACE_FILE = "workspace";

    static final String OUT_OF_MEMORY = INPUT + "/out-of-memory";
    static final String NOBODY = "65534:65534";

    /**
     * The shell is the one program that can give another a file as its standard input. It goes to the workspace, under its
     * plain name where the image can rename a folder. It stays, to see whether the
     * kernel has ended the program for its memory, which podman does not tell where cgroups are of the first version. It
     * also sees to it that a container whose start comes in twice, the second time after its end, runs once.
     */
    private static final String SHELL = """
            if ! (set -C; : >@RAN@) 2>/dev/null; then
                read -r code 2>/dev/null <@EXIT@
                exit ${code:-137}
            fi
            echo '@BEGINNING@'
            echo '@BEGINNING@' >&2
            if read -r folder 2>/dev/null <@WORKSPACE@; then
                if mv @WORK@/$folder @WORK@/workspace 2>/dev/null; then folder=workspace; fi
                cd @WORK@/$folder || exit 125
            fi
            "$@" <@INPUT@
            code=$?
            if [ $code = 137 ]; then
                for file in /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control; do
                    [ -r $file ] || continue
                    while read -r word count; do
                        if [ "$word" = oom_kill ] && [ "$count" != 0 ]; then (: >@OUT_OF_MEMORY@) 2>/dev/null; fi
                    done <$file
                done
            fi
            (echo $code >@EXIT@) 2>/dev/null
            exit $code
            """.replace("@BEGINNING@", LogBeginning.LINE)
            .replace("@INPUT@", INPUT + "/" + EVENT_FILE)
            .replace("@RAN@", INPUT + "/ran")
            .replace("@WORKSPACE@", INPUT + "/" + WORKSPACE_FILE)
            .replace("@WORK@", WORK)
            .replace("@EXIT@", INPUT + "/exit")
            .replace("@OUT_OF_MEMORY@", OUT_OF_MEMORY);

    private static final long SMALLEST_LOG = 64 * 1024;
    private static final long BILLION = 1_000_000_000;
    private static final String SCRATCH = "rw,noexec,nosuid,nodev,mode=1777,size=";

    private final DockerRuntimeSettings settings;

    ContainerPlan(DockerRuntimeSettings settings) {
        this.settings = settings;
    }

    /**
     * Fills in everything.
     *
     * @param program what to run where the request names nothing
     */
    void applyTo(CreateContainerCmd create, RunRequest request, List<String> program, Map<String, String> labels) {
        List<String> arguments = new ArrayList<>(List.of("lightning"));
        arguments.addAll(request.command().isEmpty() ? program : request.command());
        create.withName(request.name())
                .withLabels(labels)
                .withEntrypoint("/bin/sh", "-c", SHELL)
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
        long kilobytes = Math.max(SMALLEST_LOG, 4 * limits.outputBytes()) / 1024;
        return Map.of("max-size", kilobytes + "k", "max-file", "2");
    }

    private static List<String> environment(RunRequest request) {
        return RunEnvironment.of(request, Map.of("HOME", WORK), OUTPUT).entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }
}
