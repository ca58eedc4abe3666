package dev.lightning.azurestandin.arm;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Creates, changes and deletes resources in the way that is common to all types. */
final class Lifecycle {
    private static final Logger log = LoggerFactory.getLogger(Lifecycle.class);

    private final ResourceStore store;
    private final Operations operations;
    private final Views views;
    private final Duration provisioning;
    private final Duration deletion;

    Lifecycle(ResourceStore store, Operations operations, Views views, Duration provisioning, Duration deletion) {
        this.store = store;
        this.operations = operations;
        this.views = views;
        this.provisioning = provisioning;
        this.deletion = deletion;
    }

    ArmResponse put(ResourceType type, Address address, ArmRequest request, Trouble trouble) {
        ObjectNode wanted = request.object();
        Resource existing = quiet(type, address);
        type.check(address.id(), wanted, existing);
        return accept(type, address, request, trouble, wanted);
    }

    /** The one that is there, unless Azure is at work on it. */
    private @Nullable Resource quiet(ResourceType type, Address address) {
        Resource existing = store.find(address.id()).orElse(null);
        if (existing != null && existing.state().isTransitional()) {
            throw type.busy(existing);
        }
        return existing;
    }

    private synchronized ArmResponse accept(
            ResourceType type, Address address, ArmRequest request, Trouble trouble, ObjectNode wanted) {
        Resource existing = quiet(type, address);
        if (existing != null && existing.state() == ProvisioningState.SUCCEEDED && type.isSame(existing, wanted)) {
            existing.replace(wanted);
            return ArmResponse.of(200, views.of(type, existing, true));
        }
        Resource resource = existing != null ? existing : address.resource(wanted);
        resource.replace(wanted);
        resource.enter(existing == null ? ProvisioningState.CREATING : ProvisioningState.UPDATING, null);
        store.put(resource);
        log.info("event=standin.resource.put id={}", resource.id());
        return operations.start(
                request,
                resource.location(),
                provisioning.plus(trouble.slower()),
                () -> provision(type, resource, trouble),
                ArmResponse.of(existing == null ? 201 : 200, views.of(type, resource, true)),
                () -> ArmResponse.of(200, views.of(type, resource, true)));
    }

    private void provision(ResourceType type, Resource resource, Trouble trouble) throws InterruptedException {
        resource.work().lock();
        try {
            requireWanted(resource);
            trouble.throwFailure();
            type.provision(resource);
            resource.settle(ProvisioningState.SUCCEEDED, null);
            log.info("event=standin.resource.ready id={}", resource.id());
        } catch (ArmException e) {
            resource.settle(ProvisioningState.FAILED, e);
            log.info("event=standin.resource.failed id={} code={}", resource.id(), e.code());
            throw e;
        } catch (RuntimeException e) {
            resource.settle(ProvisioningState.FAILED, new ArmException(500, "InternalServerError", String.valueOf(e)));
            throw e;
        } finally {
            resource.work().unlock();
        }
        if (trouble.eviction() != null) {
            operations.background(trouble.eviction(), () -> type.evict(resource));
        }
    }

    /** A deletion puts an end to what was being made: nothing comes of it any more, and its operation says so. */
    private void requireWanted(Resource resource) {
        boolean going = resource.state() == ProvisioningState.DELETING
                || store.find(resource.id()).filter(there -> there == resource).isEmpty();
        if (going) {
            throw new ArmException(
                    409, "OperationPreempted", "Operation execution has been preempted by a more recent operation.");
        }
    }

    synchronized ArmResponse patch(ResourceType type, Resource resource, ArmRequest request) {
        if (resource.state().isTransitional()) {
            throw type.busy(resource);
        }
        ObjectNode merged = resource.body().deepCopy();
        merge(merged, request.object());
        resource.replace(merged);
        return ArmResponse.of(200, views.of(type, resource, true));
    }

    private static void merge(ObjectNode into, ObjectNode from) {
        from.properties().forEach(field -> {
            JsonNode there = into.get(field.getKey());
            if (there instanceof ObjectNode old && field.getValue() instanceof ObjectNode more) {
                merge(old, more);
            } else {
                into.set(field.getKey(), field.getValue());
            }
        });
    }

    /** What a deleted one carries away with it, its children first. */
    synchronized ArmResponse delete(ResourceType type, Resource resource, ArmRequest request, Trouble trouble) {
        boolean refused = resource.state() == ProvisioningState.DELETING
                || (resource.state().isTransitional() && !type.canDeleteWhileTransitioning());
        if (refused) {
            throw type.busy(resource);
        }
        type.checkDeletion(resource);
        if (trouble.half()) {
            type.deleteHalf(resource);
            resource.enter(ProvisioningState.FAILED, null);
            throw new ArmException(500, "InternalServerError", "Encountered internal server error.");
        }
        resource.enter(ProvisioningState.DELETING, null);
        log.info("event=standin.resource.deleting id={}", resource.id());
        return operations.start(
                request,
                resource.location(),
                deletion.plus(trouble.slower()),
                () -> remove(type, resource, trouble),
                ArmResponse.empty(202),
                () -> ArmResponse.empty(204));
    }

    private void remove(ResourceType type, Resource resource, Trouble trouble) {
        resource.work().lock();
        try {
            trouble.throwFailure();
            List<Resource> children = store.below(resource.id());
            type.delete(resource);
            children.forEach(store::remove);
            store.remove(resource);
            log.info("event=standin.resource.deleted id={}", resource.id());
        } catch (ArmException e) {
            resource.enter(ProvisioningState.FAILED, e);
            throw e;
        } catch (RuntimeException e) {
            resource.enter(ProvisioningState.FAILED, new ArmException(500, "InternalServerError", String.valueOf(e)));
            throw e;
        } finally {
            resource.work().unlock();
        }
    }
}
