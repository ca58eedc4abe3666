package dev.lightning.api.tools;

import dev.lightning.api.bodies.JsonFields;
import dev.lightning.api.errors.Findings;
import dev.lightning.providers.storage.rows.ToolDefinition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads where a tool runs and what it runs there. */
final class PlacementReader {
    static final String RUNTIME = "runtime";
    static final String IMAGE = "image";
    static final String COMMAND = "command";

    private static final String DOCKER = "docker";
    private static final String PROCESS = "process";
    private static final List<String> PULLS = List.of("missing", "always", "never");
    private static final Pattern IMAGE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:@-]{0,254}");
    private static final int MOST_WORDS = 100;
    private static final int MOST_BYTES = 16 * 1024;

    private final OfferedRuntimes offered;
    private final Findings findings;

    PlacementReader(OfferedRuntimes offered, Findings findings) {
        this.offered = offered;
        this.findings = findings;
    }

    /** Reads the runtime; {@code image} may also stand beside it, as functions have it. */
    ToolDefinition.Placement read(JsonFields body) {
        JsonFields runtime = body.inside(RUNTIME);
        runtime.refuseOthersThan(List.of("kind", IMAGE, "pull"), "a runtime");
        String image = image(body, runtime);
        String kind = runtime.text("kind");
        if (kind == null) {
            kind = image == null ? usual() : DOCKER;
        }
        findings.require(
                offered.kinds().contains(kind),
                runtime.at("kind"),
                "must be a runtime that is offered here: " + String.join(", ", offered.kinds()));
        String pull = runtime.text("pull");
        findings.require(
                pull == null || PULLS.contains(pull), runtime.at("pull"), "must be one of " + String.join(", ", PULLS));
        if (kind.equals(PROCESS)) {
            findings.require(image == null, runtime.at(IMAGE), "is not for the process runtime, which has no images");
        } else {
            findings.require(image != null, runtime.at(IMAGE), "is required");
        }
        return new ToolDefinition.Placement(kind, image, pull == null ? PULLS.getFirst() : pull);
    }

    private String usual() {
        return offered.kinds().contains(PROCESS) || offered.kinds().isEmpty()
                ? PROCESS
                : offered.kinds().getFirst();
    }

    private @Nullable String image(JsonFields body, JsonFields runtime) {
        String inside = runtime.text(IMAGE);
        String beside = body.text(IMAGE);
        String image = inside == null ? beside : inside;
        String field = inside == null ? body.at(IMAGE) : runtime.at(IMAGE);
        findings.require(image == null || IMAGE_NAME.matcher(image).matches(), field, "is not the name of an image");
        findings.require(
                inside == null || beside == null || inside.equals(beside),
                body.at(IMAGE),
                "differs from runtime.image");
        return image;
    }

    List<String> command(JsonFields body, ToolDefinition.Placement placement) {
        List<String> command = body.texts(COMMAND);
        String field = body.at(COMMAND);
        findings.require(command.size() <= MOST_WORDS, field, "has more than " + MOST_WORDS + " parts");
        long bytes = command.stream()
                .mapToLong(word -> word.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        findings.require(bytes <= MOST_BYTES, field, "has more than " + MOST_BYTES + " bytes");
        findings.require(
                command.stream().noneMatch(word -> word.indexOf('\0') >= 0),
                field,
                "must not contain the character U+0000");
        findings.require(command.isEmpty() || !command.getFirst().isBlank(), field, "must start with a program");
        findings.require(
                !placement.kind().equals(PROCESS) || !command.isEmpty(),
                field,
                "is required: without an image there is no other");
        return command;
    }
}
