package dev.lightning.activities.tools;

import dev.lightning.providers.tools.WorkerTask;
import dev.lightning.workflows.tools.ToolSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The program of a worker task: a shell with a script that runs the commands, and what its last line means. */
final class WorkerTaskCommand {
    private static final String SCRIPT = script();
    private static final List<String> BEFORE = List.of("/bin/sh", "-c", SCRIPT, WorkerTask.NAME);
    private static final String COMMANDS = "commands";

    private WorkerTaskCommand() {}

    static List<String> of(List<String> commands) {
        List<String> whole = new ArrayList<>(BEFORE);
        whole.addAll(commands);
        return whole;
    }

    /** The data of a result with the text of each command beside its exit code; of another tool's run as it is. */
    static Map<String, ?> named(ToolSpec tool, Map<String, ?> data) {
        if (tool.checkout() == null || !(data.get(COMMANDS) instanceof List<?> outcomes)) {
            return data;
        }
        List<String> texts = tool.command()
                .subList(
                        Math.min(BEFORE.size(), tool.command().size()),
                        tool.command().size());
        if (outcomes.size() > texts.size() || !outcomes.stream().allMatch(Map.class::isInstance)) {
            return data;
        }
        List<Map<String, Object>> named = new ArrayList<>();
        for (int at = 0; at < outcomes.size(); at++) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("command", texts.get(at));
            ((Map<?, ?>) outcomes.get(at)).forEach((name, value) -> one.putIfAbsent((String) name, value));
            named.add(one);
        }
        Map<String, Object> all = new LinkedHashMap<>(data);
        all.put(COMMANDS, named);
        return all;
    }

    private static String script() {
        try (InputStream script = Objects.requireNonNull(
                WorkerTaskCommand.class.getResourceAsStream("worker-task.sh"), "worker-task.sh")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
