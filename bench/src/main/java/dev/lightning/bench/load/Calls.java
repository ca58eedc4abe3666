package dev.lightning.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the stand-in model was asked and when: the first that the world sees of an event that begins. */
public record Calls(Path ledger) {
    /** A call of the model. */
    public record Call(String prompt, Instant at) {}

    /** All calls so far whose prompt begins so, in order. */
    public List<Call> startingWith(String prefix) throws IOException {
        if (!Files.exists(ledger)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(ledger)) {
            return lines.filter(line -> line.endsWith("}") && line.contains(prefix))
                    .map(Calls::read)
                    .filter(call -> call.prompt.startsWith(prefix))
                    .toList();
        }
    }

    private static Call read(String line) {
        JsonNode call = JsonMapper.shared().readTree(line);
        return new Call(
                call.path("prompt").asString(), Instant.parse(call.path("at").asString()));
    }
}
