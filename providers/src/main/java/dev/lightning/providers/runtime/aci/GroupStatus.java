package dev.lightning.providers.runtime.aci;

import com.azure.resourcemanager.containerinstance.fluent.models.ContainerGroupInner;
import com.azure.resourcemanager.containerinstance.models.Container;
import com.azure.resourcemanager.containerinstance.models.ContainerState;
import com.azure.resourcemanager.containerinstance.models.Event;
import com.azure.resourcemanager.containerinstance.models.InitContainerDefinition;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What Azure says of a group, in our words; any part of it may be missing. */
final class GroupStatus {
    private static final String TERMINATED = "Terminated";
    private static final String OUT_OF_MEMORY = "OOMKilled";
    private static final int KILLED = 137;

    private final ContainerGroupInner group;

    GroupStatus(ContainerGroupInner group) {
        this.group = group;
    }

    boolean hasFailedToCome() {
        return "Failed".equalsIgnoreCase(group.provisioningState())
                && programState().isEmpty();
    }

    boolean isGoing() {
        return "Deleting".equalsIgnoreCase(group.provisioningState());
    }

    /** Whether nothing of it runs any more, nor will. */
    boolean isOver() {
        boolean stopped = group.instanceView() != null
                && "Stopped".equalsIgnoreCase(group.instanceView().state());
        boolean initFailed = initState().filter(GroupStatus::hasFailed).isPresent();
        return stopped
                || initFailed
                || (programState().filter(GroupStatus::isTerminated).isPresent()
                        && containerState(GroupPlan.AGENT)
                                .filter(GroupStatus::isTerminated)
                                .isPresent());
    }

    private static boolean hasFailed(ContainerState state) {
        return isTerminated(state) && state.exitCode() != null && state.exitCode() != 0;
    }

    private static boolean isTerminated(ContainerState state) {
        return TERMINATED.equalsIgnoreCase(state.state());
    }

    /** When the program's container began, as far as Azure says. */
    Optional<Instant> startedAt() {
        return programState().map(ContainerState::startTime).map(OffsetDateTime::toInstant);
    }

    Optional<Instant> finishedAt() {
        return programState().map(ContainerState::finishTime).map(OffsetDateTime::toInstant);
    }

    int exitCode() {
        return programState()
                .filter(GroupStatus::isTerminated)
                .map(ContainerState::exitCode)
                .orElse(KILLED);
    }

    boolean isOutOfMemory() {
        return programState()
                .map(ContainerState::detailStatus)
                .filter(OUT_OF_MEMORY::equals)
                .isPresent();
    }

    /** An image that cannot be fetched, as it turns out only after the group was accepted. */
    Optional<String> missingImage() {
        return events().filter(event -> "Failed".equals(event.name()))
                .map(Event::message)
                .filter(message ->
                        message != null && message.toLowerCase(Locale.ROOT).contains("pull image"))
                .findFirst();
    }

    /** The last thing that went wrong, in Azure's words. */
    Optional<Event> trouble() {
        return events().filter(event -> "Warning".equals(event.type())
                        || String.valueOf(event.name()).contains("Capacity"))
                .reduce((first, second) -> second);
    }

    /** What came of fetching the program's input, where that failed. */
    Optional<Integer> failedFetch() {
        return initState().filter(GroupStatus::hasFailed).map(ContainerState::exitCode);
    }

    private Stream<Event> events() {
        Stream<Event> ofGroup = group.instanceView() == null
                ? Stream.of()
                : orNone(group.instanceView().events());
        Stream<Event> ofContainers = containers()
                .filter(container -> container.instanceView() != null)
                .flatMap(container -> orNone(container.instanceView().events()));
        return Stream.concat(ofGroup, ofContainers);
    }

    private Optional<ContainerState> programState() {
        return containerState(GroupPlan.PROGRAM);
    }

    private Optional<ContainerState> containerState(String name) {
        return containers()
                .filter(container -> name.equals(container.name()) && container.instanceView() != null)
                .map(container -> container.instanceView().currentState())
                .filter(state -> state != null)
                .findFirst();
    }

    private Optional<ContainerState> initState() {
        return orNone(group.initContainers())
                .map(InitContainerDefinition::instanceView)
                .filter(view -> view != null && view.currentState() != null)
                .map(view -> view.currentState())
                .findFirst();
    }

    private Stream<Container> containers() {
        return orNone(group.containers());
    }

    private static <T> Stream<T> orNone(@Nullable List<T> list) {
        return list == null ? Stream.of() : list.stream();
    }
}
