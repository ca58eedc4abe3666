package dev.lightning.api.tools;

import dev.lightning.api.bodies.JsonFields;
import dev.lightning.api.errors.Findings;
import dev.lightning.providers.runtime.ImageName;
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
    private static final String ACI = "aci";
    private static final String VM = "vm";
    private static final String NETWORK = "network";
    private static final String SIZE = "size";
    private static final String SPOT = "spot";
    private static final String REUSE = "reuse";
    private static final List<String> PULLS = List.of("missing", "always", "never");
    private static final Pattern MACHINE_IMAGE = Pattern.compile(
            "[A-Za-z0-9][A-Za-z0-9._-]{0,127}(:[A-Za-z0-9][A-Za-z0-9._-]{0,127}){3}|/subscriptions/[A-Za-z0-9._/()-]{1,500}");
    private static final Pattern MACHINE_SIZE = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
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
        runtime.refuseOthersThan(List.of("kind", IMAGE, "pull", SIZE, SPOT, REUSE), "a runtime");
        String named = runtime.text("kind");
        String kind = named == null ? usual(body.text(IMAGE) != null || runtime.text(IMAGE) != null) : named;
        findings.require(
                offered.kinds().contains(kind),
                runtime.at("kind"),
                "must be a runtime that is offered here: " + String.join(", ", offered.kinds()));
        String image = image(body, runtime, kind);
        String pull = runtime.text("pull");
        findings.require(
                pull == null || PULLS.contains(pull), runtime.at("pull"), "must be one of " + String.join(", ", PULLS));
        return new ToolDefinition.Placement(
                kind,
                image,
                pull == null ? PULLS.getFirst() : pull,
                size(runtime, kind),
                flag(runtime, SPOT, kind, List.of(ACI, VM)),
                flag(runtime, REUSE, kind, List.of(VM)));
    }

    private String usual(boolean withImage) {
        List<String> preferred = withImage ? List.of(DOCKER, ACI) : List.of(PROCESS);
        return preferred.stream()
                .filter(offered.kinds()::contains)
                .findFirst()
                .orElse(
                        withImage || offered.kinds().isEmpty()
                                ? preferred.getFirst()
                                : offered.kinds().getFirst());
    }

    private @Nullable String image(JsonFields body, JsonFields runtime, String kind) {
        String inside = runtime.text(IMAGE);
        String beside = body.text(IMAGE);
        String image = inside == null ? beside : inside;
        checkImage(image, inside == null ? body.at(IMAGE) : runtime.at(IMAGE), runtime.at(IMAGE), kind);
        findings.require(
                inside == null || beside == null || inside.equals(beside),
                body.at(IMAGE),
                "differs from runtime.image");
        return image;
    }

    /** What is not offered is said to be that, not how it would have to be asked for. */
    private void requireOf(String kind, boolean right, String field, String message) {
        findings.require(right || !offered.kinds().contains(kind), field, message);
    }

    private void checkImage(@Nullable String image, String field, String usualField, String kind) {
        if (kind.equals(PROCESS)) {
            requireOf(kind, image == null, usualField, "is not for the process runtime, which has no images");
        } else if (kind.equals(VM)) {
            requireOf(
                    kind,
                    image == null || MACHINE_IMAGE.matcher(image).matches(),
                    field,
                    "must be the image of a machine: publisher:offer:sku:version, or the id of a resource");
        } else {
            requireOf(kind, image != null, usualField, "is required");
        }
        requireOf(
                kind,
                image == null || kind.equals(VM) || ImageName.isPossible(image),
                field,
                "is not the name of an image: [registry/]name[:tag][@sha256:...]");
    }

    private @Nullable String size(JsonFields runtime, String kind) {
        String size = runtime.text(SIZE);
        requireOf(
                kind,
                size == null || kind.equals(VM),
                runtime.at(SIZE),
                "is for the vm runtime; elsewhere resources say what a run may use");
        boolean named = size == null || MACHINE_SIZE.matcher(size).matches();
        findings.require(named, runtime.at(SIZE), "is not the name of a size, like Standard_B2s");
        requireOf(
                kind,
                !named || size == null || mayBeBought(size),
                runtime.at(SIZE),
                "must be one of " + String.join(", ", offered.sizes()));
        return size;
    }

    private boolean mayBeBought(String size) {
        return offered.sizes().isEmpty() || offered.sizes().stream().anyMatch(size::equalsIgnoreCase);
    }

    private boolean flag(JsonFields runtime, String name, String kind, List<String> kinds) {
        boolean asked = Boolean.TRUE.equals(runtime.flag(name));
        requireOf(
                kind,
                !asked || kinds.contains(kind),
                runtime.at(name),
                "is for the runtime " + String.join(" or ", kinds));
        return asked;
    }

    /** Reads whether it may use the network, which not every runtime can keep from it. */
    boolean network(JsonFields body, ToolDefinition.Placement placement) {
        Boolean network = body.flag(NETWORK);
        boolean said = network != null || body.value(NETWORK) == null;
        requireOf(
                placement.kind(),
                !said || Boolean.TRUE.equals(network) || !List.of(ACI, VM).contains(placement.kind()),
                body.at(NETWORK),
                "must be true for the runtime " + placement.kind()
                        + ": what runs in Azure cannot be kept from the network");
        return Boolean.TRUE.equals(network);
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
        requireOf(
                placement.kind(),
                !List.of(PROCESS, VM).contains(placement.kind()) || !command.isEmpty(),
                field,
                "is required: without a container image there is no other");
        requireOf(
                placement.kind(),
                !placement.kind().equals(ACI) || !command.isEmpty(),
                field,
                "is required for the runtime aci: the image's own cannot be seen from here");
        return command;
    }
}
