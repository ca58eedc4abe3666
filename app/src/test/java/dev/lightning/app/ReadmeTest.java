package dev.lightning.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lightning.providers.testing.Components;
import dev.lightning.providers.testing.GitServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Does what the README says, word for word, and looks whether what it promises has happened. */
class ReadmeTest {
    private static final Pattern BASH = Pattern.compile("(?ms)^```bash\\n(.*?)^```$");
    private static final String ADDRESS = "LIGHTNING=http://localhost:8080";
    private static final String REPOSITORY = "https://github.com/octocat/Hello-World.git";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder;

    @Test
    void the_commands_of_the_readme_do_what_they_promise() throws Exception {
        Components.require(Components.program("curl"), "curl");
        Components.require(Components.program("jq"), "jq");
        String commands = BASH.matcher(Files.readString(root().resolve("README.md")))
                .results()
                .map((MatchResult block) -> block.group(1))
                .collect(Collectors.joining("\n"));
        assertThat(commands).containsOnlyOnce(ADDRESS);

        assertThat(commands).containsOnlyOnce(REPOSITORY);

        try (GitServer git = GitServer.start(Files.createDirectories(folder.resolve("repositories")), "unused");
                Instance instance = Instance.start(
                                folder.resolve("home"),
                                Map.of("OPENAI_API_KEY", "", "OPENAI_BASE_URL", "", "REPO_ALLOW_LOCAL", "true"))
                        .untilReady()) {
            git.commit("Hello-World", Map.of("README", "Hello World!\n"));
            String base = instance.address("API").replaceFirst("/api$", "");
            Path script = folder.resolve("readme.sh");
            Files.writeString(
                    script,
                    commands.replace(ADDRESS, "LIGHTNING=" + base).replace(REPOSITORY, git.open("Hello-World"))
                            + "\nprintf %s \"$TOKEN\" >token.txt\n");
            Command ran = Command.run(
                    folder, Duration.ofMinutes(2), Map.of(), List.of("bash", "-euo", "pipefail", script.toString()));
            assertThat(ran.exitCode()).as(ran.output()).isZero();

            Answers answers = new Answers(base, Files.readString(folder.resolve("token.txt")));
            assertThat(answers.get("/api/events/hello-1").get("status").asString())
                    .isEqualTo("COMPLETED");
            assertThat(reply(answers)).isNotBlank();
            assertThat(answers.get("/api/schedule").get("schedules"))
                    .extracting(schedule -> schedule.get("scheduleId").asString())
                    .containsExactlyInAnyOrder("lunch", "morning");
            assertThat(answers.get("/api/events/lunch").get("status").asString())
                    .isEqualTo("SCHEDULED");
            assertThat(answers.get("/api/tasks/note-1.words").get("state").asString())
                    .isEqualTo("COMPLETED");
            assertThat(answers.get("/api/tasks/sum-1~1~1.add-up").get("state").asString())
                    .isEqualTo("COMPLETED");
            assertThat(answers.get("/api/events/sum-1")
                            .at("/events/2/metadata/reply")
                            .asString())
                    .endsWith("The tools said: {\"exitCode\":0,\"data\":{\"sum\":5}}");
            assertThat(answers.get("/api/events/task-1").get("status").asString())
                    .isEqualTo("COMPLETED");
            assertThat(ran.output()).contains("Hello World!", "\"command\": \"cat README\"");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(
                                    answers.get("/api/schedule/morning").get("recentRuns"))
                            .hasSize(1));
        }
    }

    private static String reply(Answers answers) throws Exception {
        JsonNode reply = answers.get("/api/messages").get("messages").get(0);
        return reply.get("event").get("metadata").get("reply").asString();
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("README.md")) ? here : here.getParent();
    }

    /** What the API says to the README's user. */
    private record Answers(String base, String token) {
        JsonNode get(String path) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                    .header("Authorization", "Bearer " + token)
                    .build();
            try (HttpClient client = HttpClient.newHttpClient()) {
                return JSON.readTree(
                        client.send(request, BodyHandlers.ofString()).body());
            }
        }
    }
}
