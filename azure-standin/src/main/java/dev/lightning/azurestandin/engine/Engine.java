package dev.lightning.azurestandin.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;
import com.github.dockerjava.api.model.Volume;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Docker or podman, with all that one stand-in has in it. Containers share the host's network, so that they reach what
 * listens on the loopback of a laptop.
 */
public final class Engine implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Engine.class);

    /** Says whose a container or volume is. */
    public static final String OWNER = "dev.lightning.azurestandin";

    /** Says which resource a container or volume is a part of. */
    public static final String RESOURCE = "dev.lightning.azurestandin.resource";

    private static final int CONNECTIONS = 64;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final double BILLION = 1e9;

    private final DockerClient client;
    private final String owner;
    private final int processors;

    /**
     * Connects.
     *
     * @param host as DOCKER_HOST has it
     * @param owner the stand-in, which nobody else is called
     */
    public Engine(String host, String owner) {
        DockerClientConfig config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(host)
                .build();
        this.client = DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .sslConfig(config.getSSLConfig())
                        .connectionTimeout(CONNECT)
                        .maxConnections(CONNECTIONS)
                        .build());
        this.owner = owner;
        Integer count = client.infoCmd().exec().getNCPU();
        this.processors = count == null ? 1 : count;
    }

    /** For what is not offered here. */
    public DockerClient client() {
        return client;
    }

    /** Makes a volume, empty. */
    public void createVolume(String name, String resource) {
        client.createVolumeCmd().withName(name).withLabels(labels(resource)).exec();
    }

    /** Makes a container without starting it. */
    public void create(ContainerPlan plan) {
        HostConfig host = HostConfig.newHostConfig()
                .withNetworkMode("host")
                .withPrivileged(plan.privileged())
                .withLogConfig(new LogConfig(LoggingType.JSON_FILE, Map.of("max-size", "8m", "max-file", "2")))
                .withBinds(plan.mounts().entrySet().stream()
                        .map(mount -> new Bind(mount.getValue(), new Volume(mount.getKey())))
                        .toList());
        if (plan.memoryBytes() > 0) {
            host.withMemory(plan.memoryBytes()).withMemorySwap(plan.memoryBytes());
        }
        if (plan.cpus() > 0) {
            host.withNanoCPUs((long) (Math.min(plan.cpus(), processors) * BILLION));
        }
        try (CreateContainerCmd create = client.createContainerCmd(plan.image())) {
            create.withName(plan.name())
                    .withLabels(labels(plan.resource()))
                    .withEnv(plan.environment().entrySet().stream()
                            .map(variable -> variable.getKey() + "=" + variable.getValue())
                            .toList())
                    .withHostConfig(host);
            if (!plan.command().isEmpty()) {
                create.withEntrypoint(plan.command().getFirst())
                        .withCmd(plan.command().subList(1, plan.command().size()));
            }
            create.exec();
        }
    }

    /** Starts it, or starts it again. */
    public void start(String container) {
        try {
            client.startContainerCmd(container).exec();
        } catch (NotModifiedException e) {
            log.debug("event=standin.container.start.skipped container={}", container);
        }
    }

    /** Ends it without asking. */
    public void kill(String container) {
        try {
            client.killContainerCmd(container).exec();
        } catch (NotFoundException | ConflictException e) {
            log.debug("event=standin.container.kill.skipped container={}", container);
        } catch (DockerException e) {
            if (!isEnding(e) && isRunning(container)) {
                throw e;
            }
        }
    }

    /** How it is; nothing for one that is not there. */
    public Optional<ContainerState> state(String container) {
        for (int look = 1; ; look++) {
            try {
                return Optional.of(client.inspectContainerCmd(container).exec().getState());
            } catch (NotFoundException e) {
                return Optional.empty();
            } catch (DockerException e) {
                if (isGone(e)) {
                    return Optional.empty();
                }
                // Podman fails when a process ends while it looks at it.
                if (look == 10
                        || !(isEnding(e) || String.valueOf(e.getMessage()).contains("no such process"))) {
                    throw e;
                }
            }
        }
    }

    /** Podman's words for what was removed while it was busy with it. */
    private static boolean isGone(DockerException e) {
        return String.valueOf(e.getMessage()).contains("no such container");
    }

    /** Podman refuses to kill what is about to end, which an inspection may still see running. */
    private static boolean isEnding(DockerException e) {
        return String.valueOf(e.getMessage()).contains("container state improper");
    }

    private boolean isRunning(String container) {
        return state(container)
                .map(state -> Boolean.TRUE.equals(state.getRunning()))
                .orElse(false);
    }

    /** What it has written to both streams, at most the last 4 MiB, as Azure has it. */
    public String logs(String container, int tail, boolean timestamps) {
        return ContainerLogs.read(client, container, tail, timestamps);
    }

    /** Puts files into a container that need not run. */
    public void copy(String container, String folder, Map<String, byte[]> files) {
        try {
            client.copyArchiveToContainerCmd(container)
                    .withRemotePath(folder)
                    .withTarInputStream(Archive.of(files))
                    .exec();
        } catch (IOException e) {
            throw new IllegalStateException("An archive in memory cannot fail", e);
        }
    }

    /** Removes it, running or not. */
    public void remove(String container) {
        try {
            client.removeContainerCmd(container)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException e) {
            log.debug("event=standin.container.remove.skipped container={}", container);
        } catch (DockerException e) {
            if (!isGone(e)) {
                throw e;
            }
        }
    }

    /** Removes a volume that nobody uses. */
    public void removeVolume(String volume) {
        try {
            client.removeVolumeCmd(volume).exec();
        } catch (NotFoundException e) {
            log.debug("event=standin.volume.remove.skipped volume={}", volume);
        }
    }

    /** The names of the containers and volumes of this stand-in. */
    public List<String> leftovers() {
        List<String> names = new ArrayList<>(containers());
        names.addAll(volumes());
        return names;
    }

    private List<String> containers() {
        return client.listContainersCmd().withShowAll(true).withLabelFilter(Map.of(OWNER, owner)).exec().stream()
                .map(Container::getId)
                .toList();
    }

    private List<String> volumes() {
        return client.listVolumesCmd().withFilter("label", List.of(OWNER + "=" + owner)).exec().getVolumes().stream()
                .map(InspectVolumeResponse::getName)
                .toList();
    }

    private Map<String, String> labels(String resource) {
        return Map.of(OWNER, owner, RESOURCE, resource);
    }

    /** Removes everything that is there of this stand-in. */
    @Override
    public void close() {
        try {
            containers().forEach(this::remove);
            volumes().forEach(this::removeVolume);
            client.close();
        } catch (IOException | RuntimeException e) {
            log.warn("event=standin.engine.close.failed owner={} reason=\"{}\"", owner, e.getMessage());
        }
    }
}
