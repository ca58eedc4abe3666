package dev.lightning.azurestandin.arm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Finds out what a request is about and who answers it: the front door of the management plane. */
public final class ResourceManager implements AutoCloseable {
    /**
     * How it behaves.
     *
     * @param provisioning how long creations and changes take at least
     * @param deletion how long deletions take at least
     * @param retryAfter what clients are told to wait between polls
     * @param pageSize how many resources a page of a list has at most
     */
    public record Manners(
            String subscription,
            String tenant,
            List<String> groups,
            Duration provisioning,
            Duration deletion,
            Duration retryAfter,
            int pageSize) {}

    private final String subscription;
    private final List<ResourceType> types = new ArrayList<>();
    private final ResourceStore store;
    private final Operations operations;
    private final Views views;
    private final Pages pages;
    private final Lifecycle lifecycle;
    private final Groups groups;

    /** Begins without any resource, in groups that are there. */
    public ResourceManager(Manners manners, ResourceStore store) {
        this.subscription = manners.subscription();
        this.store = store;
        this.operations = new Operations(manners.retryAfter());
        this.views = new Views(manners.tenant());
        this.pages = new Pages(manners.pageSize());
        this.lifecycle = new Lifecycle(store, operations, views, manners.provisioning(), manners.deletion());
        this.groups = new Groups(manners, store, pages, types);
    }

    /** Takes a type in; later ones win nothing, the innermost does. */
    public ResourceManager register(ResourceType type) {
        types.add(type);
        types.sort(Comparator.comparingInt((ResourceType known) -> known.name().split("/", -1).length)
                .reversed());
        return this;
    }

    /** Answers a request; refusals are answers too. */
    public ArmResponse answer(ArmRequest request, Trouble trouble) {
        try {
            checkEveryRequest(request);
            return request.path().namespace() == null ? groups.answer(request) : answerProvider(request, trouble);
        } catch (ArmException e) {
            return e.response();
        }
    }

    /** Takes a resource away from its user, now. */
    public void evict(String id) {
        Resource resource = store.find(id).orElseThrow(() -> new IllegalArgumentException("There is no " + id));
        types.stream()
                .filter(type -> type.name().equalsIgnoreCase(resource.type()))
                .forEach(type -> type.evict(resource));
    }

    private void checkEveryRequest(ArmRequest request) {
        String asked = request.path().subscription();
        if (request.apiVersion().isEmpty()) {
            throw new ArmException(
                    400,
                    "MissingApiVersionParameter",
                    "The api-version query parameter (?api-version=) is required for all requests.");
        }
        if (asked == null) {
            throw ArmException.noSuchPath(request.url());
        }
        if (!asked.equalsIgnoreCase(subscription)) {
            throw new ArmException(404, "SubscriptionNotFound", "The subscription '" + asked + "' could not be found.");
        }
    }

    private ArmResponse answerProvider(ArmRequest request, Trouble trouble) {
        ArmPath path = request.path();
        List<String> segments = path.segments();
        if (segments.size() == 4 && segments.get(2).equalsIgnoreCase("operations")) {
            return operations.status(request, segments.get(3));
        }
        if (segments.size() == 4 && segments.get(2).equalsIgnoreCase("operationResults")) {
            return operations.result(request, segments.get(3));
        }
        groups.require(path);
        Optional<Address> address = address(path);
        return address.isPresent() ? answerResource(address.get(), request, trouble) : elsewhere(request);
    }

    private Optional<Address> address(ArmPath path) {
        for (ResourceType type : types) {
            int depth = type.name().split("/", -1).length - 1;
            if (path.segments().size() >= 2 * depth - 1 && path.type(depth).equalsIgnoreCase(type.name())) {
                return Optional.of(Address.of(type, depth, path));
            }
        }
        return Optional.empty();
    }

    private ArmResponse answerResource(Address address, ArmRequest request, Trouble trouble) {
        ResourceType type = address.type();
        checkVersion(type, request);
        String parent = address.parent();
        if (parent != null && store.find(parent).isEmpty()) {
            throw new ArmException(
                    404,
                    "ParentResourceNotFound",
                    "Failed to perform '" + request.verb() + "' on resource of type '" + type.name()
                            + "', because the parent resource '" + parent + "' could not be found.");
        }
        if (address.name() == null) {
            return list(address, request);
        }
        if (!address.rest().isEmpty()) {
            return type.act(existing(address), request, address.rest(), new Actions(type, operations, trouble));
        }
        return switch (request.method()) {
            case "PUT" -> lifecycle.put(type, address, request, trouble);
            case "GET", "HEAD" -> ArmResponse.of(200, views.of(type, existing(address), true));
            case "PATCH" -> lifecycle.patch(type, existing(address), request);
            case "DELETE" -> {
                Optional<Resource> there = store.find(address.id());
                yield there.isEmpty() ? ArmResponse.empty(204) : lifecycle.delete(type, there.get(), request, trouble);
            }
            default -> throw ArmException.noSuchPath(request.method() + " " + request.url());
        };
    }

    private ArmResponse list(Address address, ArmRequest request) {
        String scope = ArmPath.key(address.id().substring(0, address.id().indexOf("/providers/")));
        String parent = address.parent();
        String prefix = parent == null ? scope + "/" : ArmPath.key(parent) + "/";
        List<ObjectNode> all = store.ofType(address.type().name()).stream()
                .filter(resource -> ArmPath.key(resource.id()).startsWith(prefix))
                .map(resource -> views.of(address.type(), resource, false))
                .toList();
        return pages.of(request, all);
    }

    private Resource existing(Address address) {
        return store.find(address.id())
                .orElseThrow(() -> new ArmException(
                        404,
                        "ResourceNotFound",
                        "The Resource '" + address.type().name() + "/" + address.name() + "' under resource group '"
                                + address.group() + "' was not found. For more details please go to"
                                + " https://aka.ms/ARMResourceNotFoundFix"));
    }

    private static void checkVersion(ResourceType type, ArmRequest request) {
        List<String> versions = type.apiVersions();
        if (!versions.isEmpty() && !versions.contains(request.apiVersion())) {
            throw new ArmException(
                    400,
                    "NoRegisteredProviderFound",
                    "No registered resource provider found for location 'global' and API version '"
                            + request.apiVersion() + "' for type '"
                            + type.name().substring(type.name().indexOf('/') + 1)
                            + "'. The supported api-versions are '" + String.join(", ", versions) + "'.");
        }
    }

    private ArmResponse elsewhere(ArmRequest request) {
        String namespace = String.valueOf(request.path().namespace());
        List<ResourceType> ofNamespace = types.stream()
                .filter(type -> ArmPath.key(type.name()).startsWith(ArmPath.key(namespace) + "/"))
                .toList();
        Optional<ArmResponse> answer = ofNamespace.stream()
                .flatMap(type -> type.elsewhere(request).stream())
                .findFirst()
                .or(() -> groups.provider(request, ofNamespace));
        return answer.orElseThrow(() -> ofNamespace.isEmpty()
                ? new ArmException(
                        404, "InvalidResourceNamespace", "The resource namespace '" + namespace + "' is invalid.")
                : new ArmException(
                        404,
                        "InvalidResourceType",
                        "The resource type could not be found in the namespace '" + namespace + "' for api version '"
                                + request.apiVersion() + "'."));
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        operations.close();
    }
}
