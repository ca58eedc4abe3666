package dev.lightning.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.testing.KeptHomes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole product on the home of an earlier release: it serves what is there, and leaves a later release's alone. */
class KeptHomeTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ACCOUNT = "{\"userID\":\"alice\",\"password\":\"correct horse battery\"}";

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private record Answer(int status, JsonNode body) {}

    static Stream<String> releases() throws IOException {
        return KeptHomes.releases();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void it_starts_on_the_home_of_an_earlier_release_and_serves_what_is_in_it(String release) throws Exception {
        Path home = copy(release);
        try (Instance instance = Instance.start(home, Map.of()).untilReady()) {
            String api = instance.address("API");
            String token =
                    call(api + "/token", null, ACCOUNT).body().get("token").asString();

            assertThat(names(call(api + "/events", token, null).body().get("events"), "id"))
                    .containsExactly("lunch", "nobody-1", "large-1", "note-1", "hello-1");
            JsonNode hello = call(api + "/events/hello-1", token, null).body();
            assertThat(hello.get("status").asString()).isEqualTo("COMPLETED");
            assertThat(names(hello.get("events"), "type")).contains("llm.chat.response");
            assertThat(names(call(api + "/messages", token, null).body().get("messages"), "id"))
                    .containsExactly("large-1", "note-1", "hello-1~1");
            assertThat(call(api + "/messages/large-1", token, null).body().toString())
                    .contains("all that was said, all that was said");
            assertThat(names(call(api + "/schedule", token, null).body().get("schedules"), "scheduleId"))
                    .containsExactly("lunch", "morning");
            assertThat(names(call(api + "/repos", token, null).body().get("repos"), "name"))
                    .containsExactly("shop");

            assertThat(call(api + "/events", token, hello("hello-1"))
                            .body()
                            .get("duplicate")
                            .asBoolean())
                    .isTrue();
            assertThat(call(api + "/events", token, hello("hello-2")).status()).isEqualTo(202);
            assertThat(instance.output()).doesNotContain("Exception");
        }
    }

    @Test
    void a_home_that_a_newer_release_made_is_refused_in_one_line() throws Exception {
        Path home = copy(anyRelease());
        Files.writeString(home.resolve("format"), "99");

        assertRefused(home);
    }

    @Test
    void a_store_that_a_newer_release_wrote_is_refused_in_one_line_and_left_alone() throws Exception {
        Path home = copy(anyRelease());
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("lightning.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("insert into flyway_schema_history"
                    + " values (99, '99', 'later', 'SQL', 'V99__later.sql', 0, 'x', 0, 0, 1)");
        }
        byte[] before = Files.readAllBytes(home.resolve("lightning.db"));

        assertRefused(home);

        assertThat(Files.readAllBytes(home.resolve("lightning.db"))).isEqualTo(before);
    }

    private static void assertRefused(Path home) throws Exception {
        try (Instance instance = Instance.start(home, Map.of())) {
            assertThat(instance.exitCode()).isEqualTo(1);
            assertThat(instance.output()).doesNotContain("Exception", "\tat ");
            assertThat(instance.output().lines().filter(line -> line.startsWith("lightning: ")))
                    .singleElement()
                    .asString()
                    .contains(home.toString(), "newer", "LIGHTNING_HOME");
        }
    }

    private Path copy(String release) throws IOException {
        Path home = folder.resolve("home");
        KeptHomes.copy(release, home);
        return home;
    }

    private static String anyRelease() throws IOException {
        return KeptHomes.releases().findFirst().orElseThrow();
    }

    private static String hello(String id) {
        return """
                {"id": "%s", "type": "llm.chat", "timestamp": "2026-11-21T10:20:30.123Z", "source": "kept-home",
                 "userID": "alice", "metadata": {"prompt": "Say \\"hello\\" \\\\ to Zoë 🚀"}}""".formatted(id);
    }

    private static List<String> names(JsonNode list, String field) {
        return list.values().stream().map(item -> item.get(field).asString()).toList();
    }

    /** A GET, or a POST of this body. */
    private Answer call(String address, String token, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body != null) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }
}
