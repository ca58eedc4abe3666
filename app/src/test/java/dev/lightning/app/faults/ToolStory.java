package dev.lightning.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is done with tools through the API, wherever they run: the same words in every mode. */
final class ToolStory {
    private static final Duration RECOVERY = Duration.ofSeconds(90);

    private ToolStory() {}

    /** A tool that takes all events of work and runs this script in a shell. */
    static void define(Caller caller, String name, Map<String, ?> runtime, String script) {
        define(caller, name, "work.*", runtime, script, Map.of());
    }

    /** The same for other events, with more in its definition. */
    static void define(
            Caller caller, String name, String accepts, Map<String, ?> runtime, String script, Map<String, ?> more) {
        Map<String, Object> definition = new LinkedHashMap<>(more);
        definition.put("name", name);
        definition.put("accepts", List.of(accepts));
        definition.put("runtime", runtime);
        definition.put("command", List.of("sh", "-c", script));
        Caller.Answer answer = caller.send("POST", "/api/tools", definition);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    /** Sends an event; tells the id of its workflow. */
    static String post(Caller caller, String id, String type) {
        return post(caller, id, type, Map.of());
    }

    static String post(Caller caller, String id, String type, Map<String, ?> metadata) {
        Caller.Answer answer = caller.post(id, type, metadata);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().get("workflowId").asString();
    }

    static void awaitState(Caller caller, String task, String state) {
        await().atMost(RECOVERY)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(caller.get("/api/tasks/" + task)
                                .json()
                                .path("state")
                                .asString())
                        .isEqualTo(state));
    }

    static void awaitStatus(Caller caller, String id, String status) {
        await().atMost(RECOVERY)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(caller.statusOf(id)).isEqualTo(status));
    }
}
