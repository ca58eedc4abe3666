package dev.lightning.providers.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class StandInModelTest {
    private static final String CHAT = """
            {"model":"gpt-3.5-turbo","messages":[{"role":"user","content":"One two"}]%s}""";

    @TempDir
    private Path folder;

    @Test
    void streams_what_it_says_in_chunks() throws Exception {
        try (StandInModel model = StandInModel.start();
                HttpClient client = HttpClient.newHttpClient()) {
            String body = post(
                            client,
                            model.baseUrl(),
                            CHAT.formatted(",\"stream\":true,\"stream_options\":{\"include_usage\":true}"))
                    .body();

            List<String> data = body.lines()
                    .filter(line -> line.startsWith("data: "))
                    .map(line -> line.substring(6))
                    .toList();
            assertThat(data.getLast()).isEqualTo("[DONE]");
            List<JsonNode> chunks = data.subList(0, data.size() - 1).stream()
                    .map(StandInWire.JSON::readTree)
                    .toList();
            assertThat(chunks).allMatch(chunk -> chunk.path("object").asString().equals("chat.completion.chunk"));
            assertThat(String.join(
                            "",
                            chunks.stream()
                                    .map(chunk ->
                                            chunk.at("/choices/0/delta/content").asString(""))
                                    .toList()))
                    .isEqualTo("You said: One two");
            assertThat(chunks.getLast().at("/usage/total_tokens").asInt()).isEqualTo(6);
        }
    }

    @Test
    void refuses_what_the_real_one_refuses() throws Exception {
        try (StandInModel model = StandInModel.start();
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> refused = post(client, model.baseUrl(), "{\"model\":\"x\"}");

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("\"type\":\"invalid_request_error\"");
            assertThat(model.calls()).isEmpty();
        }
    }

    @Test
    void runs_as_a_process_whose_ledger_survives_its_end() throws Exception {
        Path ledger = folder.resolve("ledger.jsonl");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StandInModel.class.getName(),
                        "--port",
                        "0",
                        "--delay-ms",
                        "1",
                        "--ledger",
                        ledger.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader();
                HttpClient client = HttpClient.newHttpClient()) {
            String port = output.readLine().replace("port=", "");

            assertThat(post(client, "http://127.0.0.1:" + port + "/v1", CHAT.formatted(""))
                            .body())
                    .contains("You said: One two");
        } finally {
            process.destroyForcibly().waitFor();
        }

        JsonNode line = StandInWire.JSON.readTree(Files.readString(ledger));
        assertThat(line.path("key").asString()).isEqualTo("effect-1");
        assertThat(line.path("prompt").asString()).isEqualTo("One two");
        assertThat(line.path("at").asString()).startsWith("20");
    }

    private static HttpResponse<String> post(HttpClient client, String baseUrl, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(baseUrl + "/chat/completions"))
                        .header("Idempotency-Key", "effect-1")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
