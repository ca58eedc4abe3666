package dev.lightning.activities.chat;

import dev.lightning.providers.model.ModelToolCall;
import dev.lightning.providers.schemas.ArgumentSchema;
import dev.lightning.providers.schemas.InvalidSchemaException;
import dev.lightning.workflows.chat.ChatExchange;
import dev.lightning.workflows.chat.ChatLimits;
import dev.lightning.workflows.chat.ToolCall;
import dev.lightning.workflows.chat.ToolCall.Refusal;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Offer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Decides which of the calls that a model proposes are made: those of a tool that its user was offered, with arguments
 * that fit its schema, within what one chat may do. Whatever is in doubt is refused, in words that the model can read.
 */
final class CallPolicy {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,64}");
    private static final String NAMELESS = "unknown";
    private static final int REPEATED = 400;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ChatExchange soFar;
    private final List<ToolCall> decided = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private long made;
    private long argumentBytes;

    private CallPolicy(ChatExchange soFar) {
        this.soFar = soFar;
        List<ToolCall> before =
                soFar.rounds().stream().flatMap(round -> round.calls().stream()).toList();
        made = before.stream().filter(call -> call.refusal() == null).count();
        argumentBytes = before.stream()
                .map(ToolCall::arguments)
                .filter(Objects::nonNull)
                .mapToLong(arguments -> JSON.writeValueAsBytes(arguments).length)
                .sum();
    }

    /** One decision for each call, in their order; what a broken model proposes beyond the limit is not mentioned. */
    static List<ToolCall> decide(List<ModelToolCall> proposed, ChatExchange soFar) {
        CallPolicy policy = new CallPolicy(soFar);
        proposed.stream().limit(ChatLimits.MENTIONED_CALLS).forEach(policy::decide);
        return policy.decided;
    }

    private void decide(ModelToolCall proposed) {
        String id = id(proposed.id());
        String name = NAME.matcher(proposed.name()).matches() ? proposed.name() : NAMELESS;
        Optional<Offer> offer = soFar.tools().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst();
        if (offer.isEmpty()) {
            refuse(id, name, "chat.unknown_tool", "There is no tool of this name; there are: " + names());
        } else if (decided.size() >= ChatLimits.CALLS_PER_ANSWER) {
            refuse(
                    id,
                    name,
                    "chat.too_many_calls",
                    "Of one answer's calls only the first " + ChatLimits.CALLS_PER_ANSWER + " are made");
        } else if (made >= ChatLimits.CALLS) {
            refuse(id, name, "chat.too_many_calls", "This chat has made its " + ChatLimits.CALLS + " calls");
        } else {
            decided.add(checked(id, offer.get(), proposed.arguments()));
        }
    }

    private ToolCall checked(String id, Offer offer, String written) {
        int bytes = written.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > ChatLimits.ARGUMENT_BYTES || argumentBytes + bytes > ChatLimits.ALL_ARGUMENT_BYTES) {
            return invalid(id, offer, null, null, "The arguments are too long for what is left in this chat");
        }
        try {
            JsonNode tree = JSON.readTree(written.isBlank() ? "{}" : written);
            if (tree.isObject()) {
                argumentBytes += bytes;
                return checked(id, offer, tree);
            }
        } catch (JacksonException | IllegalArgumentException notJson) {
            // Said below, like everything else that is no object.
        }
        return invalid(id, offer, null, cut(written), "The arguments must be a JSON object");
    }

    private ToolCall checked(String id, Offer offer, JsonNode tree) {
        Metadata arguments = JSON.treeToValue(tree, Metadata.class);
        String faults = faults(offer, tree);
        if (!faults.isEmpty()) {
            return invalid(id, offer, arguments, null, "The arguments do not fit their schema: " + faults);
        }
        made++;
        return new ToolCall(id, offer.name(), arguments, null, null);
    }

    private static String faults(Offer offer, JsonNode arguments) {
        try {
            return ArgumentSchema.compile(offer.parameters()).faults(arguments);
        } catch (InvalidSchemaException damaged) {
            return "the schema itself cannot be read";
        }
    }

    private static ToolCall invalid(
            String id, Offer offer, @Nullable Metadata arguments, @Nullable String raw, String message) {
        return new ToolCall(id, offer.name(), arguments, raw, new Refusal("chat.invalid_arguments", cut(message)));
    }

    private void refuse(String id, String name, String code, String message) {
        decided.add(new ToolCall(id, name, null, null, new Refusal(code, cut(message))));
    }

    /** The model's own id where it can be used, so that both sides' logs can be joined. */
    private String id(String given) {
        String id = ID.matcher(given).matches() ? given : "call";
        for (int n = 1; !ids.add(id); n++) {
            id = "call_" + decided.size() + "_" + n;
        }
        return id;
    }

    private String names() {
        return soFar.tools().stream().map(Offer::name).collect(Collectors.joining(", "));
    }

    private static String cut(String text) {
        return text.length() <= REPEATED ? text : text.substring(0, text.offsetByCodePoints(0, REPEATED / 2)) + "…";
    }
}
