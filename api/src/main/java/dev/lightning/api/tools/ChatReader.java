package dev.lightning.api.tools;

import dev.lightning.api.bodies.JsonFields;
import dev.lightning.api.errors.Findings;
import dev.lightning.providers.schemas.ArgumentSchema;
import dev.lightning.providers.schemas.InvalidSchemaException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads whether the model of a chat may call a tool, and with which arguments. */
final class ChatReader {
    static final String CHAT = "chat";

    private static final String PARAMETERS = "parameters";
    private static final String ANYTHING = "{\"type\":\"object\",\"properties\":{}}";

    private final Findings findings;

    ChatReader(Findings findings) {
        this.findings = findings;
    }

    static boolean isOffered(JsonFields body) {
        return body.value(CHAT) != null;
    }

    /** The JSON Schema of the arguments, null for a tool that is not for chats. */
    @Nullable
    String schema(JsonFields body, @Nullable String description) {
        if (!isOffered(body)) {
            return null;
        }
        findings.require(
                description != null && !description.isBlank(),
                "description",
                "is required for a tool that chats may use: it tells the model what the tool does");
        JsonFields chat = body.inside(CHAT);
        chat.refuseOthersThan(List.of(PARAMETERS), "what a tool is for chats");
        JsonNode parameters = chat.value(PARAMETERS);
        return parameters == null ? ANYTHING : checked(parameters.toString(), chat.at(PARAMETERS));
    }

    private String checked(String schema, String field) {
        try {
            ArgumentSchema _ = ArgumentSchema.compile(schema);
        } catch (InvalidSchemaException invalid) {
            findings.add(field, invalid.inWords());
        }
        return schema;
    }
}
