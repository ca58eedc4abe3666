package dev.lightning.azurestandin.aci;

import dev.lightning.azurestandin.aci.GroupDefinition.ContainerDefinition;
import dev.lightning.azurestandin.aci.GroupDefinition.RestartPolicy;
import dev.lightning.azurestandin.arm.ArmException;
import dev.lightning.azurestandin.engine.ContainerPlan;
import dev.lightning.azurestandin.engine.Engine;
import dev.lightning.azurestandin.engine.Images;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One deployment of a container group: its containers and volumes in the engine, and who runs them in order. */
final class GroupRun {
    private static final Logger log = LoggerFactory.getLogger(GroupRun.class);
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final Duration BACK_OFF = Duration.ofSeconds(1);
    private static final Duration START_PATIENCE = Duration.ofSeconds(10);
    private static final Duration FETCH_PATIENCE = Duration.ofMinutes(10);

    private final String group;
    private final String resource;
    private final GroupDefinition definition;
    private final @Nullable Engine engine;
    private final String prefix = "standin-" + UUID.randomUUID().toString().substring(0, 13);
    private final List<ContainerRun> initContainers;
    private final List<ContainerRun> containers;
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile boolean initFailed;
    private volatile boolean stopped;
    private volatile @Nullable Thread runner;

    GroupRun(String group, String resource, GroupDefinition definition, @Nullable Engine engine) {
        this.group = group;
        this.resource = resource;
        this.definition = definition;
        this.engine = engine;
        this.initContainers = runs(definition.initContainers());
        this.containers = runs(definition.containers());
    }

    private List<ContainerRun> runs(List<ContainerDefinition> definitions) {
        return definitions.stream()
                .map(container -> new ContainerRun(container, prefix + "-" + container.name(), engine))
                .toList();
    }

    /** Makes everything and returns when the containers run, or the init containers take long. */
    void begin() throws InterruptedException {
        if (engine != null) {
            fetchImages(new Images(engine));
            make(engine);
        }
        runner = Thread.ofVirtual().start(this::run);
        if (!begun.await(START_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            log.info("event=standin.group.waits group={}", group);
        }
    }

    private void fetchImages(Images images) throws InterruptedException {
        for (ContainerRun container : all().toList()) {
            String image = container.definition().image();
            container.happened("Pulling", "pulling image \"" + image + "\"");
            Images.Found found = images.fetch(image, definition.credentials(image), FETCH_PATIENCE);
            if (found != Images.Found.HERE) {
                container.happened("Failed", "Failed to pull image \"" + image + "\"");
                throw inaccessible(group, image);
            }
            container.happened("Pulled", "Successfully pulled image \"" + image + "\"");
        }
    }

    static ArmException inaccessible(String group, String image) {
        return new ArmException(
                400,
                "InaccessibleImage",
                "The image '" + image + "' in container group '" + group
                        + "' is not accessible. Please check the image and registry credential.");
    }

    private void make(Engine in) {
        definition.volumes().forEach(volume -> in.createVolume(volume(volume), resource));
        for (ContainerRun container : all().toList()) {
            ContainerDefinition about = container.definition();
            Map<String, String> mounts = new LinkedHashMap<>();
            about.mounts().forEach((path, volume) -> mounts.put(path, volume(volume)));
            in.create(new ContainerPlan(
                    container.name(),
                    resource,
                    about.image(),
                    about.command(),
                    about.environment(),
                    mounts,
                    about.cpus(),
                    about.memoryBytes(),
                    false));
            about.mounts().forEach((path, volume) -> {
                if (definition.secrets().containsKey(volume)) {
                    in.copy(container.name(), path, definition.secrets().get(volume));
                }
            });
        }
    }

    private String volume(String name) {
        return prefix + "-volume-" + name;
    }

    private void run() {
        try {
            if (!runInitContainers()) {
                initFailed = true;
                return;
            }
            containers.forEach(ContainerRun::start);
            begun.countDown();
            while (definition.restartPolicy() != RestartPolicy.NEVER) {
                Thread.sleep(BACK_OFF);
                containers.stream().filter(this::isToRunAgain).forEach(ContainerRun::startAgain);
            }
        } catch (InterruptedException e) {
            log.debug("event=standin.group.left group={}", group);
        } catch (RuntimeException e) {
            log.warn("event=standin.group.broken group={}", group, e);
        } finally {
            begun.countDown();
        }
    }

    private boolean runInitContainers() throws InterruptedException {
        for (ContainerRun container : initContainers) {
            container.start();
            while (!container.state().isTerminated() || container.state().hasFailed()) {
                if (container.state().hasFailed()) {
                    if (definition.restartPolicy() == RestartPolicy.NEVER) {
                        return false;
                    }
                    Thread.sleep(BACK_OFF);
                    container.startAgain();
                }
                Thread.sleep(GLANCE);
            }
        }
        return true;
    }

    private boolean isToRunAgain(ContainerRun container) {
        ContainerRun.State state = container.state();
        return state.isTerminated() && (definition.restartPolicy() == RestartPolicy.ALWAYS || state.hasFailed());
    }

    void stop() {
        stopped = true;
        leave();
        all().forEach(ContainerRun::kill);
    }

    private void leave() {
        Thread running = runner;
        if (running != null) {
            running.interrupt();
            try {
                running.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Removes the first container, which is what a deletion that breaks off has done. */
    void removeHalf() {
        leave();
        if (engine != null) {
            engine.remove(containers.getFirst().name());
        }
    }

    void remove() {
        leave();
        if (engine != null) {
            all().forEach(container -> engine.remove(container.name()));
            definition.volumes().forEach(volume -> engine.removeVolume(volume(volume)));
        }
    }

    String logs(String container, int tail, boolean timestamps) {
        String name = find(container)
                .orElseThrow(() -> new ArmException(
                        404,
                        "ContainerNotFound",
                        "The container '" + container + "' was not found in container group '" + group + "'."))
                .name();
        return engine == null ? "" : engine.logs(name, tail, timestamps);
    }

    Optional<ContainerRun> find(String container) {
        return all().filter(run -> run.definition().name().equals(container)).findFirst();
    }

    private Stream<ContainerRun> all() {
        return Stream.concat(initContainers.stream(), containers.stream());
    }

    /** Whether nothing of it will run again by itself. */
    boolean isOver() {
        return switch (state()) {
            case "Stopped", "Succeeded", "Failed" -> true;
            default -> false;
        };
    }

    /** Of the group as a whole: Pending, Running, Stopped, Succeeded or Failed. */
    String state() {
        if (stopped) {
            return "Stopped";
        }
        if (initFailed) {
            return "Failed";
        }
        List<ContainerRun.State> states =
                containers.stream().map(ContainerRun::state).toList();
        if (states.stream().anyMatch(state -> state.word().equals("Waiting"))) {
            return "Pending";
        }
        if (!states.stream().allMatch(ContainerRun.State::isTerminated)
                || definition.restartPolicy() == RestartPolicy.ALWAYS) {
            return "Running";
        }
        boolean failed = states.stream().anyMatch(ContainerRun.State::hasFailed);
        return !failed ? "Succeeded" : definition.restartPolicy() == RestartPolicy.NEVER ? "Failed" : "Running";
    }
}
