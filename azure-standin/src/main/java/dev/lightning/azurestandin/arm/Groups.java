package dev.lightning.azurestandin.arm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What is there before any resource: the subscription, its resource groups and providers, and who may do what. */
final class Groups {
    private static final Pattern TAG_NAME = Pattern.compile("tagName eq '([^']*)'", Pattern.CASE_INSENSITIVE);
    private static final Pattern TAG_VALUE = Pattern.compile("tagValue eq '([^']*)'", Pattern.CASE_INSENSITIVE);
    private static final Pattern TYPE = Pattern.compile("resourceType eq '([^']*)'", Pattern.CASE_INSENSITIVE);

    private final ResourceManager.Manners manners;
    private final ResourceStore store;
    private final Pages pages;
    private final List<ResourceType> types;
    private final Map<String, ObjectNode> groups = new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);

    Groups(ResourceManager.Manners manners, ResourceStore store, Pages pages, List<ResourceType> types) {
        this.manners = manners;
        this.store = store;
        this.pages = pages;
        this.types = types;
        manners.groups().forEach(group -> groups.put(group, Json.object().put("location", "westeurope")));
    }

    /** Refuses a path below a group that is not there. */
    void require(ArmPath path) {
        if (path.group() != null && !groups.containsKey(path.group())) {
            throw new ArmException(
                    404, "ResourceGroupNotFound", "Resource group '" + path.group() + "' could not be found.");
        }
    }

    ArmResponse answer(ArmRequest request) {
        ArmPath path = request.path();
        List<String> rest = path.segments();
        if (rest.size() == 1 && rest.getFirst().equalsIgnoreCase("resources")) {
            require(path);
            return pages.of(request, resources(path.group(), request.query().getOrDefault("$filter", "")));
        }
        if (path.group() != null && rest.isEmpty()) {
            return answerGroup(request, path.group());
        }
        if (rest.isEmpty()) {
            return ArmResponse.of(200, subscription());
        }
        if (rest.size() == 1 && rest.getFirst().equalsIgnoreCase("resourceGroups")) {
            return pages.of(request, groups.keySet().stream().map(this::show).toList());
        }
        throw ArmException.noSuchPath(request.url());
    }

    private ArmResponse answerGroup(ArmRequest request, String group) {
        return switch (request.method()) {
            case "PUT" -> {
                boolean isNew = groups.put(group, request.object()) == null;
                yield ArmResponse.of(isNew ? 201 : 200, show(group));
            }
            case "HEAD" -> ArmResponse.empty(groups.containsKey(group) ? 204 : 404);
            case "GET" -> {
                require(request.path());
                yield ArmResponse.of(200, show(group));
            }
            default -> throw ArmException.noSuchPath(request.method() + " " + request.url());
        };
    }

    private ObjectNode subscription() {
        return Json.object()
                .put("id", "/subscriptions/" + manners.subscription())
                .put("subscriptionId", manners.subscription())
                .put("tenantId", manners.tenant())
                .put("displayName", "Lightning's stand-in")
                .put("state", "Enabled");
    }

    private ObjectNode show(String group) {
        ObjectNode view = groups.getOrDefault(group, Json.object()).deepCopy();
        view.put("id", "/subscriptions/" + manners.subscription() + "/resourceGroups/" + group)
                .put("name", group)
                .put("type", "Microsoft.Resources/resourceGroups");
        Json.child(view, "properties").put("provisioningState", "Succeeded");
        return view;
    }

    private List<ObjectNode> resources(@Nullable String group, String filter) {
        String tag = found(TAG_NAME, filter);
        String value = found(TAG_VALUE, filter);
        String type = found(TYPE, filter);
        return store.all().stream()
                .filter(resource -> group == null || resource.group().equalsIgnoreCase(group))
                .filter(resource -> type == null || resource.type().equalsIgnoreCase(type))
                .filter(resource -> tag == null || resource.tags().containsKey(tag))
                .filter(resource -> tag == null
                        || value == null
                        || value.equals(resource.tags().get(tag)))
                .map(Groups::brief)
                .toList();
    }

    private static @Nullable String found(Pattern pattern, String filter) {
        Matcher matcher = pattern.matcher(filter);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static ObjectNode brief(Resource resource) {
        ObjectNode view = Json.object()
                .put("id", resource.id())
                .put("name", resource.name())
                .put("type", resource.type())
                .put("location", resource.location());
        ObjectNode tags = view.putObject("tags");
        resource.tags().forEach(tags::put);
        return view;
    }

    /** Answers whether a provider is registered, and that everything is allowed. */
    Optional<ArmResponse> provider(ArmRequest request, List<ResourceType> ofNamespace) {
        ArmPath path = request.path();
        String namespace = String.valueOf(path.namespace());
        if (path.segments().isEmpty() && !ofNamespace.isEmpty()) {
            ObjectNode view = Json.object()
                    .put("id", "/subscriptions/" + manners.subscription() + "/providers/" + namespace)
                    .put("namespace", namespace)
                    .put("registrationState", "Registered");
            types.stream()
                    .filter(ofNamespace::contains)
                    .forEach(type -> view.withArray("resourceTypes")
                            .addObject()
                            .put(
                                    "resourceType",
                                    type.name().substring(type.name().indexOf('/') + 1)));
            return Optional.of(ArmResponse.of(200, view));
        }
        if (namespace.equalsIgnoreCase("Microsoft.Authorization")
                && path.target().endsWith("/permissions")) {
            ObjectNode everything = Json.object();
            everything.putArray("actions").add("*");
            everything.putArray("notActions");
            return Optional.of(pages.of(request, List.of(everything)));
        }
        return Optional.empty();
    }
}
