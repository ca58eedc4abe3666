package dev.lightning.providers.tools;

import dev.lightning.providers.runtime.ImageName;
import dev.lightning.providers.sources.RefNames;
import dev.lightning.providers.sources.RepoUrls;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads metadata as a worker task and collects everything that is wrong with it in one go. */
final class WorkerTaskReader {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
    private static final int MOST_COMMANDS = 100;
    private static final int MOST_COMMAND_BYTES = 16 * 1024;
    private static final int MOST_VARIABLES = 100;
    private static final int MOST_VARIABLE_BYTES = 16 * 1024;
    private static final String SECRET =
            "looks like a secret, and what an event brings stands in its history; a tool's definition can keep one";
    private static final String NO_NULL = "must not contain the character U+0000";

    private final Map<String, ? extends @Nullable Object> metadata;
    private final WorkerTaskRules rules;
    private final RepoUrls urls;
    private final List<WorkerTask.Finding> findings = new ArrayList<>();

    WorkerTaskReader(Map<String, ? extends @Nullable Object> metadata, WorkerTaskRules rules, RepoUrls urls) {
        this.metadata = metadata;
        this.rules = rules;
        this.urls = urls;
    }

    WorkerTask read() {
        String repo = repo();
        String ref = text("ref");
        require(ref == null || RefNames.isRef(ref), "ref", "is not the name of a branch, tag or commit");
        String image = text("image");
        String runtime = image == null ? rules.runtime() : rules.runtimeOfImages();
        boolean containers = WorkerTaskRules.takesImages(runtime);
        require(
                image == null || ImageName.isPossible(image),
                "image",
                "is not the name of an image: [registry/]name[:tag][@sha256:...]");
        require(
                image == null || rules.runtimes().contains(runtime),
                "image",
                "cannot be had: there are no containers here");
        String used = image == null && containers ? rules.image() : image;
        require(!containers || used != null, "image", "is required: no image is set for tasks that name none");
        return new WorkerTask(repo, ref, runtime, used, commands(), env(), timeout(), network(runtime), findings);
    }

    private String repo() {
        String repo = text("repo");
        if (repo == null) {
            require(metadata.get("repo") != null, "repo", "is required: an address or a registered name");
            return "";
        }
        if (WorkerTasks.isAddress(repo)) {
            String problem = urls.checkoutProblem(repo);
            require(problem == null, "repo", String.valueOf(problem));
        } else {
            require(LABEL.matcher(repo).matches(), "repo", "is neither an address nor the name of a repository");
        }
        return repo;
    }

    private List<String> commands() {
        List<String> commands = new ArrayList<>();
        if (!(metadata.get("commands") instanceof List<?> list) || list.isEmpty()) {
            find("commands", "must be an array of at least one command");
            return commands;
        }
        long bytes = 0;
        for (int at = 0; at < list.size() && at < MOST_COMMANDS; at++) {
            if (list.get(at) instanceof String command && !command.isBlank()) {
                require(command.indexOf('\0') < 0, "commands[" + at + "]", NO_NULL);
                bytes += bytes(command);
                commands.add(command);
            } else {
                find("commands[" + at + "]", "must be a text that is not blank");
            }
        }
        require(list.size() <= MOST_COMMANDS, "commands", "has more than " + MOST_COMMANDS + " commands");
        require(bytes <= MOST_COMMAND_BYTES, "commands", "has more than " + MOST_COMMAND_BYTES + " bytes");
        return commands;
    }

    private Map<String, String> env() {
        Map<String, String> env = new LinkedHashMap<>();
        Object given = metadata.get("env");
        if (given == null) {
            return env;
        }
        if (!(given instanceof Map<?, ?> variables)) {
            find("env", "must be an object of texts");
            return env;
        }
        long bytes = 0;
        for (Map.Entry<?, ?> variable : variables.entrySet()) {
            String name = String.valueOf(variable.getKey());
            if (!VARIABLE.matcher(name).matches()) {
                find("env", "has a name that is not 1 to 128 of A-Z, a-z, 0-9 and _, or starts with a digit");
            } else if (name.toUpperCase(Locale.ROOT).startsWith("LIGHTNING_")) {
                find("env." + name, "starts with LIGHTNING_, which is for what the platform says");
            } else if (variable.getValue() instanceof String value) {
                require(value.indexOf('\0') < 0, "env." + name, NO_NULL);
                require(!SecretLooks.has(name, value), "env." + name, SECRET);
                bytes += bytes(name) + bytes(value);
                env.put(name, value);
            } else {
                find("env." + name, "must be a text");
            }
        }
        require(variables.size() <= MOST_VARIABLES, "env", "has more than " + MOST_VARIABLES + " variables");
        require(bytes <= MOST_VARIABLE_BYTES, "env", "has more than " + MOST_VARIABLE_BYTES + " bytes");
        return env;
    }

    private Duration timeout() {
        Object seconds = metadata.get("timeoutSeconds");
        if (seconds == null) {
            return rules.limits().timeout();
        }
        long most = rules.maxTimeout().toSeconds();
        if (seconds instanceof Integer number && number >= 1 && number <= most) {
            return Duration.ofSeconds(number);
        }
        find("timeoutSeconds", "must be a whole number from 1 to " + most);
        return rules.limits().timeout();
    }

    private boolean network(String runtime) {
        Object network = metadata.get("network");
        require(network == null || network instanceof Boolean, "network", "must be true or false");
        boolean said = network == null || network instanceof Boolean;
        require(
                !said || Boolean.TRUE.equals(network) || WorkerTaskRules.isClosed(runtime),
                "network",
                "must be true for the runtime " + runtime + ": what runs in Azure cannot be kept from the network");
        return Boolean.TRUE.equals(network);
    }

    private @Nullable String text(String field) {
        Object value = metadata.get(field);
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        require(value == null, field, "must be a text that is not blank");
        return null;
    }

    private static int bytes(String text) {
        return Objects.requireNonNull(text).getBytes(StandardCharsets.UTF_8).length;
    }

    private void require(boolean holds, String field, String message) {
        if (!holds) {
            find(field, message);
        }
    }

    private void find(String field, String message) {
        findings.add(new WorkerTask.Finding(field, message));
    }
}
