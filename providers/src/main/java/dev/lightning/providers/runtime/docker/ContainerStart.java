package dev.lightning.providers.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import dev.lightning.providers.runtime.RunRejectedException;
import dev.lightning.providers.runtime.RunRequest;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import dev.lightning.providers.runtime.WorkspaceArchive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two halves of a start, each of which may be repeated.
 *
 * <p>The program's input is a file that is put into the container while that is created but not started, and every start
 * does so again as long as it is not, so that a worker killed at any moment leaves no program without its input.
 * {@code LIGHTNING_EVENT} has it too, unless it is longer than 100 KiB: Linux allows no such variable.
 */
final class ContainerStart {
    private static final Logger log = LoggerFactory.getLogger(ContainerStart.class);

    private final DockerRuntimeSettings settings;
    private final Clock clock;
    private final DockerClient engine;
    private final OwnContainers own;
    private final ContainerPlan plan;
    private final Images images;
    private final Volumes volumes;
    private final Networks networks;

    ContainerStart(
            DockerRuntimeSettings settings,
            Clock clock,
            DockerClient engine,
            OwnContainers own,
            Images images,
            Volumes volumes) {
        this.settings = settings;
        this.clock = clock;
        this.engine = engine;
        this.own = own;
        this.plan = new ContainerPlan(settings);
        this.images = images;
        this.volumes = volumes;
        this.networks = new Networks(engine);
    }

    /** The networks from which runs with a network call. */
    List<String> origins() {
        return networks.outward();
    }

    /** Whether it was made here; if not, somebody else has made it meanwhile. */
    boolean create(RunRequest request) throws InterruptedException {
        List<String> program = images.program(request);
        Map<String, String> labels = Labels.of(settings.instance(), request, clock.instant());
        volumes.make(request.name(), labels);
        if (request.network()) {
            networks.make();
        }
        try (CreateContainerCmd create = engine.createContainerCmd(String.valueOf(request.image()))) {
            plan.applyTo(create, request, program, labels);
            create.exec();
            log.info(
                    "event=run.created run={} workflow={}",
                    request.name(),
                    request.labels().workflowId());
            return true;
        } catch (DockerException e) {
            adopt(request.name(), e);
            return false;
        }
    }

    /** Somebody else was quicker, which Docker answers with 409 and podman with 500; Docker shows it a moment later. */
    private void adopt(String name, DockerException refusal) {
        if (own.find(name).isPresent()) {
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
            return own.find(name).isEmpty();
        } catch (NotFoundException e) {
            return false;
        }
    }

    void begin(RunRequest request) {
        String name = request.name();
        String workspace = request.workspace() == null ? null : copyWorkspace(name, request.workspace());
        copy(name, ContainerPlan.INPUT, InputArchive.input(request.input(), workspace));
        copy(name, ContainerPlan.WORK, InputArchive.output(OutputFolder.UNTOUCHED));
        if (request.network()) {
            networks.closeMetadata(name);
        }
        try {
            engine.startContainerCmd(name).exec();
            log.info(
                    "event=run.started run={} workflow={}",
                    name,
                    request.labels().workflowId());
        } catch (NotModifiedException e) {
            // Somebody else was quicker, and the program may have left something before the folder got its time again.
            copy(name, ContainerPlan.WORK, InputArchive.output(clock.instant()));
            log.info(
                    "event=run.adopted run={} workflow={}",
                    name,
                    request.labels().workflowId());
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
}
