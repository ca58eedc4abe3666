package dev.lightning.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.testing.Components;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Lets a fuzzer that believes the API's description look for an answer that the description does not know. */
class ApiFuzzTest {
    private static final Path CACHE = Path.of(
                    System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache"))
            .resolve("lightning");
    private static final String VERSION = "4.32.5";
    private static final String ALICE = "{\"userID\":\"alice\",\"password\":\"correct horse battery\"}";
    /** Limits are tested elsewhere; here they would only hide answers. Streams end soon, so that they can be judged. */
    private static final Map<String, String> GENEROUS = Map.of(
            "AUTH_RATE_PER_MINUTE", "1000000",
            "AUTH_FAILURES_PER_MINUTE", "1000000",
            "EVENTS_RATE_PER_SECOND", "100000",
            "SCHEDULE_MAX_PER_USER", "100000",
            "STREAM_MAX_LIFE", "200ms");

    /** A batch is answered with 207 even when none of its events is right. */
    private static final String BATCHES = """
            [checks]
            negative_data_rejection.expected-statuses = [207, 400, 401, 403, 404, 406, 409, 413, 415, 429]
            """;

    @TempDir
    private Path folder;

    @Test
    void no_answer_contradicts_the_description() throws Exception {
        Path fuzzer = Components.require(
                Components.program("schemathesis", CACHE.resolve("schemathesis-" + VERSION + "/bin")),
                "schemathesis " + VERSION + " (scripts/setup-test-machine installs it)");

        try (Instance instance =
                Instance.start(folder.resolve("home"), GENEROUS).untilReady()) {
            String base = instance.address("API").replaceFirst("/api$", "");
            post(base + "/api/register");
            String token = JsonMapper.shared()
                    .readTree(post(base + "/api/token"))
                    .get("token")
                    .asString();

            // It is worked out at the first question, and the fuzzer waits for 10 s only.
            send(HttpRequest.newBuilder(URI.create(base + "/v3/api-docs")).build());
            Files.writeString(folder.resolve("schemathesis.toml"), BATCHES);
            Command fuzzing = Command.run(
                    folder,
                    Duration.ofMinutes(3),
                    Map.of("NO_COLOR", "1"),
                    List.of(
                            fuzzer.toString(),
                            "run",
                            base + "/v3/api-docs",
                            "--header=Authorization: Bearer " + token,
                            "--phases=examples,coverage,fuzzing",
                            "--checks=all",
                            // An event that is right in itself may still be another user's, or a time may be past.
                            "--exclude-checks=positive_data_acceptance",
                            "--max-examples=12",
                            // Python 3.11 counts the depth of its parser's recursion for all threads together.
                            "--workers=1",
                            "--seed=20261121",
                            "--generation-deterministic",
                            "--request-timeout=30",
                            "--warnings=off",
                            "--continue-on-failure",
                            "--no-color"));

            assertThat(fuzzing.exitCode())
                    .as(fuzzing.output() + instance.output())
                    .isZero();
            assertThat(instance.output()).doesNotContain("event=request.failed");
        }
    }

    private static String post(String address) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(ALICE))
                .build());
    }

    private static String send(HttpRequest request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
            return answer.body();
        }
    }
}
