package dev.lightning.api.tools;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a function as the API description shows it; {@link DefinitionReader} reads the real one. */
@Schema(name = "Function", description = "What a tool has, and its image at the top", example = """
                {"name": "hello-world", "command": ["cat"], "replicas": 1, "env": {"ENV": "production"}}""")
record FunctionBody(
        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                description = "A DNS label, unique among your tools and functions",
                pattern = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")
        String name,

        @Schema(description = "The container image; short for runtime.image", example = "docker.io/library/alpine:3")
        @Nullable
        String image,

        @Schema(
                description = "How many runs there may be at once; 0 for paused, without it as many as there are",
                minimum = "0",
                maximum = "1000")
        @Nullable
        Integer replicas,

        @Schema(description = "Environment variables; secret ones as for tools") @Nullable
        Map<String, String> env,

        @Schema(description = "Variables that are secret; one without a value in env keeps the value it has") @Nullable
        List<String> secretEnv,

        @Schema(maxLength = 1000) @Nullable String description,

        @Schema(description = "Whether it can be started; true by default") @Nullable
        Boolean enabled,

        @Schema(description = "Event types that start it too, besides its own invocations") @Nullable
        List<String> accepts,

        @Schema(maxLength = 2000, description = "As for tools; an invocation that it does not take is refused with 409")
        @Nullable
        String filter,

        ToolBody.@Nullable RuntimeBody runtime,
        @Nullable List<String> command,
        @Nullable String resultType,
        @Nullable String timeout,
        ToolBody.@Nullable ResourcesBody resources,
        @Nullable Boolean network,

        @Schema(
                description = "Whether somebody has to approve each run before it starts; none by default",
                allowableValues = {ToolView.REQUIRED, ToolView.NONE})
        @Nullable
        String approval,

        ToolBody.@Nullable ChatBody chat) {}
