package dev.lightning.providers.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.lightning.providers.runtime.KnownRun;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two volumes of a run: one for its input and one for its work, because what is in a tmpfs is gone when the
 * program ends. Engines do not bound a volume; a single file is bounded, and what is collected from it.
 */
final class Volumes {
    private static final Logger log = LoggerFactory.getLogger(Volumes.class);

    private final DockerClient engine;

    Volumes(DockerClient engine) {
        this.engine = engine;
    }

    static String input(String run) {
        return run + "-in";
    }

    static String work(String run) {
        return run + "-work";
    }

    /** Makes both; an engine gives back the volume that has the name already. */
    void make(String run, Map<String, String> labels) {
        for (String name : List.of(input(run), work(run))) {
            engine.createVolumeCmd().withName(name).withLabels(labels).exec();
        }
    }

    /** Removes what is ours of the two; a volume of another instance stays. */
    void remove(String instance, String run) {
        for (InspectVolumeResponse volume : labelled(Labels.INSTANCE + "=" + instance, Labels.RUN + "=" + run)) {
            try {
                engine.removeVolumeCmd(volume.getName()).exec();
            } catch (NotFoundException e) {
                log.debug("event=volume.remove.skipped volume={}", volume.getName());
            }
        }
    }

    /** The runs of which there is a volume, which is made first and removed last. */
    List<KnownRun> runs(String instance) {
        return labelled(Labels.INSTANCE + "=" + instance).stream()
                .map(volume -> Labels.run(volume.getLabels()))
                .toList();
    }

    /** Asks for one label and looks for the others itself: podman takes several filters for alternatives. */
    private List<InspectVolumeResponse> labelled(String first, String... others) {
        List<InspectVolumeResponse> volumes = engine.listVolumesCmd()
                .withFilter("label", List.of(first))
                .exec()
                .getVolumes();
        return volumes.stream()
                .filter(volume -> Stream.of(others).allMatch(other -> has(volume, other)))
                .toList();
    }

    private static boolean has(InspectVolumeResponse volume, String label) {
        return volume.getLabels().entrySet().stream()
                .anyMatch(entry -> label.equals(entry.getKey() + "=" + entry.getValue()));
    }
}
