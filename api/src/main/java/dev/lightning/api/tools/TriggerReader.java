package dev.lightning.api.tools;

import dev.lightning.api.bodies.JsonFields;
import dev.lightning.api.errors.Findings;
import dev.lightning.providers.filters.CelFilter;
import dev.lightning.providers.filters.InvalidFilterException;
import dev.lightning.providers.storage.rows.ToolDefinition.Kind;
import dev.lightning.providers.tools.Subscription;
import dev.lightning.workflows.events.EventTypes;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads which events start a tool, and which event its runs end with. */
final class TriggerReader {
    static final String ACCEPTS = "accepts";
    static final String FILTER = "filter";
    static final String RESULT_TYPE = "resultType";

    private static final int MOST_TYPES = 20;
    private static final Set<String> TAKEN = Set.of(
            EventTypes.LLM_CHAT,
            EventTypes.LLM_CHAT_RESPONSE,
            EventTypes.USER_MESSAGE,
            EventTypes.SCHEDULE_TRIGGERED,
            EventTypes.WORKER_TASK,
            EventTypes.WORKER_TASK_RESULT,
            EventTypes.HTTP_INVOKE);

    private final Findings findings;

    TriggerReader(Findings findings) {
        this.findings = findings;
    }

    /**
     * A function that names no types is started by its own invocations only.
     *
     * @param forChats whether chats may call it, so that it needs no event of its own
     */
    List<String> accepts(JsonFields body, Kind kind, boolean forChats) {
        SequencedMap<String, String> placed = body.placedTexts(ACCEPTS);
        List<String> types = List.copyOf(placed.values());
        if (kind == Kind.FUNCTION && types.isEmpty()) {
            return List.of(EventTypes.HTTP_INVOKE);
        }
        findings.require(
                (forChats || !types.isEmpty()) && types.size() <= MOST_TYPES,
                body.at(ACCEPTS),
                "must have 1 to " + MOST_TYPES + " event types; only what chats may use can do without");
        placed.forEach((field, type) -> check(field, type, kind));
        return types;
    }

    private void check(String field, String type, Kind kind) {
        findings.require(
                EventTypes.isWellFormed(Subscription.stem(type)),
                field,
                "must be an event type, for example order.created, or order.* for all below order");
        findings.require(!EventTypes.isToolCall(type), field, "is the call of a tool, which that tool alone takes");
        findings.require(
                kind == Kind.FUNCTION || !type.equals(EventTypes.HTTP_INVOKE),
                field,
                "is for functions, which are defined under /v1/functions");
    }

    @Nullable
    String filter(JsonFields body) {
        String filter = body.text(FILTER);
        if (filter == null) {
            return null;
        }
        try {
            CelFilter.compile(filter);
        } catch (InvalidFilterException invalid) {
            invalid.faults().forEach(fault -> findings.add(body.at(FILTER), fault.inWords()));
        }
        return filter;
    }

    String resultType(JsonFields body, String name, List<String> accepts) {
        String own = "tool." + name + ".result";
        String given = body.text(RESULT_TYPE);
        String type = given == null ? own : given;
        if (given != null && !EventTypes.isWellFormed(type)) {
            findings.add(body.at(RESULT_TYPE), "must be a lower-case dotted name of 1 to 128 characters");
        } else if (!type.equals(own) && (TAKEN.contains(type) || EventTypes.isPlatformOnly(type))) {
            findings.add(body.at(RESULT_TYPE), "has another meaning on this platform");
        }
        findings.require(
                !Subscription.accepts(accepts, type),
                body.at(ACCEPTS),
                "takes the tool's own results, so it would never end");
        return type;
    }
}
