package dev.lightning.api.tools;

import dev.lightning.api.bodies.JsonFields;
import dev.lightning.api.errors.Findings;
import dev.lightning.providers.storage.rows.ToolDefinition;
import dev.lightning.providers.storage.rows.ToolDefinition.Kind;
import dev.lightning.providers.tools.WorkerTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a definition from JSON, whoever wrote it and wherever, and finds everything that is wrong with it. */
final class DefinitionReader {
    private static final String NAME = "name";
    private static final String APPROVAL = "approval";
    private static final List<String> FIELDS = List.of(
            NAME,
            "description",
            "enabled",
            TriggerReader.ACCEPTS,
            TriggerReader.FILTER,
            PlacementReader.RUNTIME,
            PlacementReader.COMMAND,
            EnvReader.ENV,
            EnvReader.SECRET_ENV,
            TriggerReader.RESULT_TYPE,
            LimitsReader.TIMEOUT,
            LimitsReader.RESOURCES,
            "network",
            "replicas",
            APPROVAL,
            ChatReader.CHAT);

    /** What answers say on top; taken back without a look, so that an answer can be sent again. */
    private static final List<String> SAID_BY_US = List.of("createdAt", "updatedAt");

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final int LONGEST_DESCRIPTION = 1_000;
    private static final int MOST_REPLICAS = 1_000;

    private final ToolSettings settings;
    private final OfferedRuntimes offered;

    DefinitionReader(ToolSettings settings, OfferedRuntimes offered) {
        this.settings = settings;
        this.offered = offered;
    }

    /** A definition that was not there before; everything wrong is thrown at once. */
    ToolDefinition read(JsonNode body, Kind kind) {
        return read(body, kind, null);
    }

    /** What is to replace {@code stored}, whose name it keeps and whose secrets it may keep. */
    ToolDefinition read(JsonNode body, Kind kind, @Nullable ToolDefinition stored) {
        Findings findings = new Findings();
        ToolDefinition definition = read(body, kind, stored, findings);
        findings.throwIfAny();
        return definition;
    }

    /** The same for whoever tells the findings otherwise: with any, what comes back is meaningless. */
    ToolDefinition read(JsonNode body, Kind kind, @Nullable ToolDefinition stored, Findings findings) {
        JsonFields fields = JsonFields.ofBody(body, findings);
        List<String> known = new ArrayList<>(FIELDS);
        known.addAll(SAID_BY_US);
        if (kind == Kind.FUNCTION) {
            known.add(PlacementReader.IMAGE);
        }
        fields.refuseOthersThan(known, kind == Kind.FUNCTION ? "a function" : "a tool");
        return definition(fields, kind, stored, findings);
    }

    private ToolDefinition definition(
            JsonFields fields, Kind kind, @Nullable ToolDefinition stored, Findings findings) {
        String name = name(fields, stored, findings);
        String description = description(fields, findings);
        TriggerReader triggers = new TriggerReader(findings);
        List<String> accepts = triggers.accepts(fields, kind, ChatReader.isOffered(fields));
        PlacementReader places = new PlacementReader(offered, findings);
        ToolDefinition.Placement placement = places.read(fields);
        EnvReader.Env env = new EnvReader(findings).read(fields, stored == null ? Map.of() : stored.secretEnv());
        return new ToolDefinition(
                name,
                kind,
                description,
                !Boolean.FALSE.equals(fields.flag("enabled")),
                accepts,
                triggers.filter(fields),
                placement,
                places.command(fields, placement),
                env.plain(),
                env.secret(),
                new LimitsReader(settings, findings).read(fields),
                places.network(fields, placement),
                fields.wholeNumber("replicas", 0, MOST_REPLICAS),
                triggers.resultType(fields, name, accepts),
                approval(fields, findings),
                new ChatReader(findings).schema(fields, description));
    }

    private static String name(JsonFields fields, @Nullable ToolDefinition stored, Findings findings) {
        String name = stored == null ? fields.requiredText(NAME) : fields.text(NAME);
        findings.require(
                name == null || LABEL.matcher(name).matches(),
                NAME,
                "must be 1 to 63 of a-z, 0-9 and '-', and neither start nor end with '-'");
        findings.require(
                !WorkerTask.NAME.equals(name) || stored != null,
                NAME,
                "is taken by worker tasks, which need no definition");
        findings.require(
                name == null || stored == null || name.equals(stored.name()),
                NAME,
                "is another than in the path; a definition keeps its name");
        return stored == null ? Objects.requireNonNullElse(name, "") : stored.name();
    }

    private static @Nullable String description(JsonFields fields, Findings findings) {
        String description = fields.text("description");
        findings.require(
                description == null || description.length() <= LONGEST_DESCRIPTION,
                "description",
                "must have at most " + LONGEST_DESCRIPTION + " characters");
        findings.require(
                description == null || description.indexOf('\0') < 0,
                "description",
                "must not contain the character U+0000");
        return description;
    }

    private static boolean approval(JsonFields fields, Findings findings) {
        String approval = fields.text(APPROVAL);
        findings.require(
                approval == null || approval.equals(ToolView.REQUIRED) || approval.equals(ToolView.NONE),
                APPROVAL,
                "must be " + ToolView.REQUIRED + " or " + ToolView.NONE);
        return ToolView.REQUIRED.equals(approval);
    }
}
