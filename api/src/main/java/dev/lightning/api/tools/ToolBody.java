package dev.lightning.api.tools;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a tool as the API description shows it; {@link DefinitionReader} reads the real one. */
@Schema(name = "Tool", example = """
                {"name": "count-orders", "accepts": ["order.*"], "filter": "event.metadata.total > 10",\
                 "command": ["sh", "-c", "wc -c"], "timeout": "PT5M"}""")
record ToolBody(
        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                description = "A DNS label, unique among your tools and functions",
                pattern = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")
        String name,

        @Schema(maxLength = 1000) @Nullable String description,

        @Schema(description = "Whether events start it; true by default") @Nullable
        Boolean enabled,

        @Schema(
                description =
                        "Event types, exact or like order.* for everything below order; required unless chats may use it")
        @Nullable
        List<String> accepts,

        @Schema(
                description = "A CEL condition over event.id, type, source, time, subject, userID and metadata; without"
                        + " concatenation and list-making macros. What cannot be evaluated does not start the tool",
                maxLength = 2000,
                example = "event.metadata.total > 10")
        @Nullable
        String filter,

        @Nullable RuntimeBody runtime,

        @Schema(description = "The program and its arguments; without it the image's own") @Nullable
        List<String> command,

        @Schema(
                description =
                        "Environment variables. A value is secret, so never answered, when the name has KEY, TOKEN,"
                                + " SECRET, PASSWORD, PASSWD, PASSPHRASE or CREDENTIAL in it, when the value looks like a"
                                + " credential, or when secretEnv names it")
        @Nullable
        Map<String, String> env,

        @Schema(description = "Variables that are secret; one without a value in env keeps the value it has") @Nullable
        List<String> secretEnv,

        @Schema(description = "The type of the event that a run ends with; tool.<name>.result by default") @Nullable
        String resultType,

        @Schema(description = "How long a run may take, as ISO-8601 or like 90s, 30m, 1h, 2d", example = "PT10M")
        @Nullable
        String timeout,

        @Nullable ResourcesBody resources,

        @Schema(description = "Whether it may use the network; false by default, and has to be true for aci and vm")
        @Nullable
        Boolean network,

        @Schema(
                description = "How many runs there may be at once; 0 for paused, without it as many as there are",
                minimum = "0",
                maximum = "1000")
        @Nullable
        Integer replicas,

        @Schema(
                description = "Whether somebody has to approve each run before it starts; none by default",
                allowableValues = {ToolView.REQUIRED, ToolView.NONE})
        @Nullable
        String approval,

        @Schema(description = "Lets the model of a chat call it; needs a description, and then accepts may be empty")
        @Nullable
        ChatBody chat) {

    /** What a model has to know. */
    @Schema(name = "ChatUse")
    record ChatBody(
            @Schema(
                    type = "object",
                    description =
                            "The JSON Schema (draft 2020-12) of the arguments, an object; refers only into itself",
                    example = "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}")
            @Nullable
            Map<String, Object> parameters) {}

    /** Where it runs. */
    @Schema(name = "Runtime")
    record RuntimeBody(
            @Schema(description = "What this installation offers, for example docker or process") @Nullable
            String kind,

            @Schema(
                    description = "A container image; for vm the image of the machine as publisher:offer:sku:version or"
                            + " as the id of a resource, without it the operator's",
                    example = "docker.io/library/alpine:3")
            @Nullable
            String image,

            @Schema(description = "When the image is fetched: missing (default), always or never") @Nullable
            String pull,

            @Schema(
                    description =
                            "Only for vm: the size of the machine as Azure calls it, one that the operator allows;"
                                    + " without it one of those, whichever can be had",
                    example = "Standard_B2s")
            @Nullable
            String size,

            @Schema(
                    description =
                            "Only for aci and vm: whether it may be taken away at any moment for being cheaper, after"
                                    + " which the run starts again; false by default")
            @Nullable
            Boolean spot,

            @Schema(
                    description =
                            "Only for vm: whether the machine may have served you before, and may serve you again;"
                                    + " false by default")
            @Nullable
            Boolean reuse) {}

    /** What a run may use. */
    @Schema(name = "Resources")
    record ResourcesBody(
            @Schema(example = "256Mi") @Nullable String memory,

            @Schema(description = "Processors, a fraction allowed", example = "0.5") @Nullable
            BigDecimal cpu,

            @Schema(description = "Processes and threads", example = "128") @Nullable
            Integer pids,

            @Schema(description = "How much it may write, and leave as files", example = "64Mi") @Nullable
            String output) {}
}
