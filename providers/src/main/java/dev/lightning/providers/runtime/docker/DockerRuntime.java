package dev.lightning.providers.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.core.DockerClientImpl;
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
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs in containers of Docker or podman. */
public final class DockerRuntime implements ToolRuntime {
    private static final Logger log = LoggerFactory.getLogger(DockerRuntime.class);
    private static final Duration FIRST_LOOK = Duration.ofMillis(20);
    private static final Duration LONGEST_LOOK = Duration.ofMillis(500);
    private static final int CONNECTIONS = 200;
    private static final int FOLLOWED = 1_000;

    private final String instance;
    private final Clock clock;
    private final DockerClientImpl engine;
    /** Who follows output keeps a connection for as long, and must not take those of the work. */
    private final DockerClientImpl followed;

    private final EngineTrouble trouble;
    private final OwnContainers own;
    private final ContainerStart starting;
    private final ContainerReading reading;
    private final OutputFollowing following;
    private final Volumes volumes;

    /** Connects to nothing yet: an engine that is away is the trouble of the runs that need it. */
    public DockerRuntime(DockerRuntimeSettings settings, Clock clock) {
        this.instance = settings.instance();
        this.clock = clock;
        this.engine = EngineClient.of(settings, CONNECTIONS);
        this.followed = EngineClient.of(settings, FOLLOWED);
        this.trouble = new EngineTrouble(settings.host());
        this.own = new OwnContainers(engine, instance);
        this.volumes = new Volumes(engine);
        this.starting = new ContainerStart(settings, clock, engine, own, new Images(engine, trouble), volumes);
        this.reading = new ContainerReading(engine, trouble);
        this.following = new OutputFollowing(this::status, new ContainerReading(followed, trouble));
    }

    @Override
    public String kind() {
        return "docker";
    }

    @Override
    public void start(RunRequest request) throws InterruptedException {
        try {
            if (isCreated(request)) {
                starting.begin(request);
            }
        } catch (RunRejectedException | RuntimeUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            throw trouble.told(e);
        }
    }

    private boolean isCreated(RunRequest request) throws InterruptedException {
        RunStatus status = status(request.name());
        if (status instanceof RunStatus.Missing) {
            return starting.create(request) || status(request.name()) instanceof RunStatus.Created;
        }
        return status instanceof RunStatus.Created;
    }

    @Override
    public RunStatus status(String name) {
        return trouble.tell(() -> own.find(name)
                .map(container -> reading.status(name, container.getState()))
                .orElseGet(RunStatus.Missing::new));
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
            if (own.find(name).isPresent()) {
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
            if (!EngineTrouble.hasNoProcessToKill(e) && status(name) instanceof RunStatus.Running) {
                throw e;
            }
        }
    }

    @Override
    public Optional<Duration> remove(String name) {
        trouble.tell(() -> {
            own.find(name).ifPresent(container -> {
                if (Boolean.TRUE.equals(container.getState().getRunning())) {
                    kill(name);
                }
                discard(name);
            });
            volumes.remove(instance, name);
        });
        return Optional.empty();
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
    public List<String> origins() {
        return trouble.tell(starting::origins);
    }

    @Override
    public List<KnownRun> runs() {
        return trouble.tell(() -> {
            Map<String, KnownRun> runs = new LinkedHashMap<>();
            Stream.concat(
                            own.all().stream().map(container -> Labels.run(container.getLabels())),
                            volumes.runs(instance).stream())
                    .forEach(run -> runs.putIfAbsent(run.name(), run));
            return List.copyOf(runs.values());
        });
    }

    @Override
    public void endOverdue() {
        trouble.tell(() -> own.all().stream()
                .map(Container::getLabels)
                .filter(labels -> Labels.deadline(labels).isBefore(clock.instant()))
                .forEach(labels -> kill(Labels.run(labels).name())));
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
