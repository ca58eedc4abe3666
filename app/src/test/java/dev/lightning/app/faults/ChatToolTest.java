package dev.lightning.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lightning.app.Instance;
import dev.lightning.providers.testing.StandInBehaviour;
import dev.lightning.providers.testing.StandInModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A chat with tools on the whole product: nothing is paid for or done twice, and nothing runs that must not. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ChatToolTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final StandInModel model = StandInModel.start();

    @AfterEach
    void stop() {
        model.close();
    }

    @Test
    void a_chat_with_a_tool_asks_the_model_once_for_each_round_and_answers_with_what_the_tool_said() throws Exception {
        Path started = Files.createFile(folder.resolve("started"));
        model.next(StandInBehaviour.asksFor(
                        "add-up", "{\"a\":2,\"b\":3}", "add-up", "{\"a\":\"two\"}", "remove-all", "{}"))
                .usually(StandInBehaviour.repeatsTheTools());
        try (Instance product = product()) {
            Caller alice = Caller.register(product.address("API"), "alice", "correct horse battery");
            define(alice, "echo x >>" + started + "; jq -c '{sum: (.metadata.a + .metadata.b)}'");
            Caller.Answer answer = alice.chat("c1", "What is two and three?");
            assertThat(answer.status()).as(answer.text()).isEqualTo(202);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .untilAsserted(() -> assertThat(alice.statusOf("c1")).isEqualTo("COMPLETED"));

            JsonNode event = alice.get("/api/events/c1").json();
            JsonNode reply = event.get("events")
                    .valueStream()
                    .filter(said -> said.get("type").asString().equals("llm.chat.response"))
                    .findFirst()
                    .orElseThrow()
                    .get("metadata");
            assertThat(reply.get("reply").asString())
                    .startsWith("The tools said: {\"exitCode\":0,\"data\":{\"sum\":5}}")
                    .contains("do not fit their schema")
                    .contains("There is no tool of this name; there are: add-up");
            assertThat(reply.at("/toolCalls/0/taskId").asString()).isEqualTo("c1~1~1.add-up");
            assertThat(reply.at("/toolCalls/1/error").asString()).isEqualTo("chat.invalid_arguments");
            assertThat(reply.at("/toolCalls/2/error").asString()).isEqualTo("chat.unknown_tool");
            assertThat(alice.get("/api/tasks/c1~1~1.add-up").json().get("state").asString())
                    .isEqualTo("COMPLETED");
        }
        assertThat(model.calls())
                .extracting(StandInModel.Call::key)
                .hasSize(2)
                .satisfiesExactly(
                        key -> assertThat(key).endsWith("/c1/chat"),
                        key -> assertThat(key).endsWith("/c1/chat/1"));
        assertThat(model.requests().getFirst().at("/tools/0/function/name").asString())
                .isEqualTo("add-up");
        assertThat(Files.readAllLines(started)).hasSize(1);
    }

    private static void define(Caller caller, String script) {
        Map<String, ?> number = Map.of("type", "number");
        Caller.Answer answer = caller.send(
                "POST",
                "/api/tools",
                Map.of(
                        "name",
                        "add-up",
                        "description",
                        "Adds two numbers",
                        "runtime",
                        Map.of("kind", "process"),
                        "command",
                        List.of("sh", "-c", script),
                        "chat",
                        Map.of(
                                "parameters",
                                Map.of(
                                        "type",
                                        "object",
                                        "properties",
                                        Map.of("a", number, "b", number),
                                        "required",
                                        List.of("a", "b")))));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private Instance product() throws IOException {
        return Instance.start(folder.resolve("home"), Map.of("OPENAI_BASE_URL", model.baseUrl(), "OPENAI_API_KEY", ""))
                .untilReady();
    }
}
