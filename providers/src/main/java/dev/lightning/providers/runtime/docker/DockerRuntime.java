package dev.lightning.providers.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.lightning.providers.runtime.FileReader;
import dev.lightning.providers.runtime.KnownRun;
import dev.lightning.providers.runtime.OutputPosition;
import dev.lightning.providers.runtime.OutputReader;
import dev.lightning.providers.runtime.RunRejectedException;
import dev.lightning.providers.runtime.RunRequest;
import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import dev.lightning.providers.runtime.ToolRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs in containers of Docker or podman.
 *
 * <p>The program's input is a file that is put into the container while that is created but not started, and every start
 * does so again as long as it is not, so that a worker killed at any moment leaves no program without its input.
 * {@code LIGHTNING_EVENT} has it too, unless it is longer than 100 KiB: Linux allows no such variable.
 */
public final class DockerRuntime implements ToolRuntime {
    private static final Logger log = LoggerFactory.getLogger(DockerRuntime.class);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration FIRST_LOOK = Duration.ofMillis(20);
    private static final Duration LONGEST_LOOK = Duration.ofMillis(500);
    private static final int CONNECTIONS = 200;
    private static final int FOLLOWED = 1_000;

    private final DockerRuntimeSettings settings;
    private final Clock clock;
    private final DockerClient engine;
    /** Who follows output keeps a connection for as long, and must not take those of the work. */
    private final DockerClient followed;

    private final EngineTrouble trouble;
    private final ContainerPlan plan;
    private final ContainerReading reading;
    private final OutputFollowing following;
    private final Images images;
    private final Volumes volumes;
    private final Networks networks;

    /** Connects to nothing yet: an engine that is away is the trouble of the runs that need it. */
    public DockerRuntime(DockerRuntimeSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.engine = client(settings, CONNECTIONS);
        this.followed = client(settings, FOLLOWED);
        this.trouble = new EngineTrouble(settings.host());
        this.plan = new ContainerPlan(settings);
        this.reading = new ContainerReading(engine, trouble);
        this.following = new OutputFollowing(this::status, new ContainerReading(followed, trouble));
        this.images = new Images(engine, trouble);
        this.volumes = new Volumes(engine);
        this.networks = new Networks(engine);
    }

    private static DockerClient client(DockerRuntimeSettings settings, int connections) {
        DockerClientConfig config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(settings.host())
                .build();
        return DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .sslConfig(config.getSSLConfig())
                        .connectionTimeout(CONNECT)
                        .maxConnections(connections)
                        .build());
    }

    @Override
    public String kind() {
        return "docker";
    }

    @Override
    public void start(RunRequest request) throws InterruptedException {
        try {
            if (status(request.name()) instanceof RunStatus.Missing) {
                create(request);
            }
            if (status(request.name()) instanceof RunStatus.Created) {
                begin(request);
            }
        } catch (RunRejectedException | RuntimeUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            throw trouble.told(e);
        }
    }

    private void create(RunRequest request) throws InterruptedException {
        List<String> program = images.program(request);
        Map<String, String> labels = Labels.of(settings.instance(), request, clock.instant());
        volumes.make(request.name(), labels);
        if (request.network()) {
            networks.make();
        }
        try (CreateContainerCmd create = engine.createContainerCmd(String.valueOf(request.image()))) {
            plan.applyTo(create, request, program, labels);
            create.exec();
            log.info("event=run.created run={} workflow={}", request.name(), request.workflowId());
        } catch (DockerException e) {
            adopt(request.name(), e);
        }
    }

    /** Somebody else was quicker, which Docker answers with 409 and podman with 500; Docker shows it a moment later. */
    private void adopt(String name, DockerException refusal) {
        if (mine(name).isPresent()) {
            return;
        }
        if (refusal instanceof ConflictException
                || String.valueOf(refusal.getMessage()).contains("already in use")) {
            throw isAnothers(name)
                    ? new RunRejectedException("Another instance has a container named " + name, refusal)
                    : new RuntimeUnavailableException("The container " + name + " is just being made", refusal);
        }
        throw refusal;
    }

    private boolean isAnothers(String name) {
        try {
            engine.inspectContainerCmd(name).exec();
            return mine(name).isEmpty();
        } catch (NotFoundException e) {
            return false;
        }
    }

    private void begin(RunRequest request) {
        String name = request.name();
        String workspace = request.workspace() == null ? null : copyWorkspace(name, request.workspace());
        copy(name, ContainerPlan.INPUT, InputArchive.input(request.input(), workspace));
        copy(name, ContainerPlan.WORK, InputArchive.output());
        if (request.network()) {
            networks.closeMetadata(name);
        }
        try {
            engine.startContainerCmd(name).exec();
            log.info("event=run.started run={} workflow={}", name, request.workflowId());
        } catch (NotModifiedException e) {
            log.info("event=run.adopted run={} workflow={}", name, request.workflowId());
        }
    }

    /** Every start brings a whole copy under a name of its own, and then says which it is: halves are never met. */
    private String copyWorkspace(String name, Path workspace) {
        String folder = "workspace-" + UUID.randomUUID();
        try (InputStream archive = WorkspaceArchive.of(workspace, folder)) {
            copy(name, ContainerPlan.WORK, archive);
            return folder;
        } catch (IOException e) {
            throw new RuntimeUnavailableException("The workspace cannot be read; see that the disk has room", e);
        }
    }

    private void copy(String name, String folder, InputStream archive) {
        engine.copyArchiveToContainerCmd(name)
                .withRemotePath(folder)
                .withTarInputStream(archive)
                .exec();
    }

    @Override
    public RunStatus status(String name) {
        return trouble.tell(() -> mine(name)
                .map(container -> reading.status(name, container.getState()))
                .orElseGet(RunStatus.Missing::new));
    }

    private Optional<InspectContainerResponse> mine(String name) {
        try {
            InspectContainerResponse container =
                    engine.inspectContainerCmd(name).exec();
            Map<String, String> labels = container.getConfig().getLabels();
            return labels != null && settings.instance().equals(labels.get(Labels.INSTANCE))
                    ? Optional.of(container)
                    : Optional.empty();
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    /**
     * Looks again and again, ever more slowly. The engine's own wait would do it in one call, but podman tells of the
     * end up to 0.7 s late there, and sends nothing before it, so that a wait which is given up keeps its connection.
     */
    @Override
    public RunStatus awaitEnd(String name, Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        Duration pause = FIRST_LOOK;
        RunStatus status = status(name);
        while (status instanceof RunStatus.Running && System.nanoTime() < until) {
            Thread.sleep(Math.min(
                    pause.toMillis(),
                    Duration.ofNanos(until - System.nanoTime()).toMillis() + 1));
            pause = pause.multipliedBy(5).dividedBy(4);
            pause = pause.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : pause;
            status = status(name);
        }
        return status;
    }

    @Override
    public void stop(String name) {
        trouble.tell(() -> {
            if (mine(name).isPresent()) {
                kill(name);
            }
        });
    }

    private void kill(String name) {
        try {
            engine.killContainerCmd(name).withSignal("KILL").exec();
            log.info("event=run.stopped run={}", name);
        } catch (NotFoundException | ConflictException e) {
            log.debug("event=run.stop.skipped run={}", name);
        } catch (DockerException e) {
            if (!EngineTrouble.isJustEnding(e) && status(name) instanceof RunStatus.Running) {
                throw e;
            }
        }
    }

    @Override
    public void remove(String name) {
        trouble.tell(() -> {
            if (mine(name).isPresent()) {
                kill(name);
                discard(name);
            }
            volumes.remove(settings.instance(), name);
        });
    }

    private void discard(String name) {
        try {
            engine.removeContainerCmd(name)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
            log.info("event=run.removed run={}", name);
        } catch (NotFoundException e) {
            log.debug("event=run.remove.skipped run={}", name);
        }
    }

    @Override
    public void output(String name, OutputReader reader) throws IOException, InterruptedException {
        if (!(status(name) instanceof RunStatus.Missing)) {
            reading.output(name, reader);
        }
    }

    @Override
    public RunStatus follow(String name, OutputPosition from, OutputReader reader)
            throws IOException, InterruptedException {
        return following.follow(name, from, reader);
    }

    @Override
    public void files(String name, long maxBytes, FileReader reader) throws IOException {
        if (!(status(name) instanceof RunStatus.Missing)) {
            reading.files(name, maxBytes, reader);
        }
    }

    @Override
    public List<KnownRun> runs() {
        return trouble.tell(() -> {
            Map<String, KnownRun> runs = new LinkedHashMap<>();
            Stream.concat(
                            containers().stream().map(container -> Labels.run(container.getLabels())),
                            volumes.runs(settings.instance()).stream())
                    .forEach(run -> runs.putIfAbsent(run.name(), run));
            return List.copyOf(runs.values());
        });
    }

    @Override
    public void endOverdue() {
        trouble.tell(() -> containers().stream()
                .map(Container::getLabels)
                .filter(labels -> Labels.deadline(labels).isBefore(clock.instant()))
                .forEach(labels -> kill(Labels.run(labels).name())));
    }

    private List<Container> containers() {
        return engine.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(Labels.INSTANCE, settings.instance()))
                .exec();
    }

    @Override
    public void close() {
        for (DockerClient client : List.of(followed, engine)) {
            try {
                client.close();
            } catch (IOException e) {
                log.debug("event=engine.close.failed", e);
            }
        }
    }
}
