package dev.lightning.providers.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The containers that carry the label of this instance; others on the engine are none of our business. */
final class OwnContainers {
    private final DockerClient engine;
    private final String instance;

    OwnContainers(DockerClient engine, String instance) {
        this.engine = engine;
        this.instance = instance;
    }

    Optional<InspectContainerResponse> find(String name) {
        try {
            InspectContainerResponse container =
                    engine.inspectContainerCmd(name).exec();
            Map<String, String> labels = container.getConfig().getLabels();
            return labels != null && instance.equals(labels.get(Labels.INSTANCE))
                    ? Optional.of(container)
                    : Optional.empty();
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    List<Container> all() {
        return engine.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(Labels.INSTANCE, instance))
                .exec();
    }
}
