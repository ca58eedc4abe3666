package dev.lightning.azurestandin.arm;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is special about one type of resource; the core does the rest: addresses, conflicts, long-running operations,
 * pages, faults. Refusals are thrown as {@link ArmException}, at once or out of the work in the background.
 */
public interface ResourceType {
    /** As {@code Microsoft.Compute/virtualMachines/runCommands}; a parent has to be registered too. */
    String name();

    /** The versions of the API that it is served in; none for all. */
    default List<String> apiVersions() {
        return List.of();
    }

    /** Refuses what Azure refuses at once; may complete what is wanted. */
    default void check(String id, ObjectNode wanted, @Nullable Resource existing) {}

    /** Whether a PUT on an existing one asks for nothing new, so that nothing is done. */
    default boolean isSame(Resource existing, ObjectNode wanted) {
        return existing.body().equals(wanted);
    }

    /** Makes or changes it for real, in the background. */
    default void provision(Resource resource) throws InterruptedException {}

    /** Refuses the deletion of what something else needs. */
    default void checkDeletion(Resource resource) {}

    /** Removes what it really is, in the background; may be called again after a failure. */
    default void delete(Resource resource) {}

    /** Removes a part of it, for the fault of that name. */
    default void deleteHalf(Resource resource) {}

    /** What happens when Azure takes it away from its user. */
    default void evict(Resource resource) {}

    /**
     * Fills in what only Azure knows, and takes out what it never tells.
     *
     * @param view a copy of the body with id, name, type and state, to be changed
     * @param detailed whether one was asked for, and not a list
     */
    default void show(Resource resource, ObjectNode view, boolean detailed) {}

    /** The word for a state where the type has one of its own. */
    default String stateName(ProvisioningState state) {
        return state.wire();
    }

    /** Whether it can be deleted while it is being created or changed. */
    default boolean canDeleteWhileTransitioning() {
        return true;
    }

    /** The refusal of whatever comes while Azure is at work on it. */
    default ArmException busy(Resource resource) {
        return new ArmException(
                409,
                "OperationNotAllowed",
                "Another operation on " + resource.name() + " is in progress. Please wait for it to end.");
    }

    /**
     * Answers whatever else there is below a resource, such as {@code POST .../start} or
     * {@code GET .../containers/x/logs}.
     *
     * @param rest the segments below the resource
     * @param actions for what takes its time
     */
    default ArmResponse act(Resource resource, ArmRequest request, List<String> rest, Actions actions) {
        throw ArmException.noSuchPath(request.url());
    }

    /** Answers paths of its namespace that are about no resource, such as {@code locations/westeurope/usages}. */
    default Optional<ArmResponse> elsewhere(ArmRequest request) {
        return Optional.empty();
    }
}
