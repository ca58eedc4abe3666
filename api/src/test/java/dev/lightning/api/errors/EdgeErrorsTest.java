package dev.lightning.api.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.api.EdgeClient;
import dev.lightning.api.EdgeClient.Answer;
import dev.lightning.api.TestEdge;
import dev.lightning.api.security.TestTokens;
import dev.lightning.providers.storage.rows.UserRow;
import dev.lightning.providers.storage.rows.UserRows;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@SpringBootTest(classes = TestEdge.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class EdgeErrorsTest {
    private static final String TOKEN = TestTokens.signed(TestTokens.good("erin"));

    private final EdgeClient client;

    EdgeErrorsTest(@LocalServerPort int port, @Autowired UserRows users) {
        client = new EdgeClient(port);
        users.put(new UserRow("erin", "hash", false, false, Instant.now()));
    }

    @BeforeEach
    void the_probe_works_when_nothing_is_wrong() {
        assertThat(client.post("/api/probe/echo", TOKEN, "{\"a\":1.10}").text()).isEqualTo("{\"a\":1.10}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":",
                "",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1} {\"b\":2}",
                "{\"a\":1} x",
                "{'a':1}",
                "{\"a\":NaN}",
                "\"\\ud8\"",
            })
    void a_body_that_is_not_one_json_document_is_400(String body) {
        Answer answer = client.post("/api/probe/echo", TOKEN, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("malformed-json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"secret\":|it ends too early (line 1, column",
                "``|it is empty",
                "{\"secret\":1,\"secret\":2}|an object has a name twice (line 1, column",
                "{\"secret\":1} {\"b\":2}|there is more after its end (line 1, column",
                "`{\n  secret:1}`|it is no JSON (line 2, column",
            })
    void what_keeps_a_body_from_being_read_is_said_without_what_it_says(String body, String why) {
        Answer answer = client.post("/api/probe/echo", TOKEN, body);

        assertThat(answer.json().get("detail").asString())
                .startsWith("The body is not the JSON this endpoint takes: " + why)
                .doesNotContain("secret");
    }

    @Test
    void a_name_twice_is_malformed_for_records_too() {
        Answer answer = client.post("/api/probe/order", TOKEN, "{\"name\":\"a\",\"name\":\"b\",\"count\":1}");

        assertThat(answer.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(ints = {41, 1_000, 100_000})
    void a_body_that_is_too_deep_is_400(int depth) {
        Answer answer = client.post("/api/probe/echo", TOKEN, "[".repeat(depth) + "]".repeat(depth));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("malformed-json");
        assertThat(answer.json().get("detail").asString()).endsWith("it is nested too deep");
    }

    @Test
    void metadata_may_be_as_deep_as_it_may_be() {
        String body = "[".repeat(40) + "]".repeat(40);

        assertThat(client.post("/api/probe/echo", TOKEN, body).status()).isEqualTo(200);
    }

    @Test
    void a_value_of_a_wrong_type_is_named() {
        Answer answer = client.post("/api/probe/order", TOKEN, "{\"name\":\"a\",\"count\":\"3\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-request");
        assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("count");
    }

    @Test
    void every_wrong_field_is_named_at_once() {
        Answer answer = client.post("/api/probe/order", TOKEN, "{\"name\":\" \",\"count\":11}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-request");
        assertThat(answer.json().get("errors").findValuesAsString("field")).containsExactlyInAnyOrder("name", "count");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=abc&filter=x", "?limit=101&filter=x"})
    void a_wrong_parameter_is_named(String query) {
        Answer answer = client.get("/api/probe/page" + query, TOKEN);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-request");
        assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("limit");
    }

    @Test
    void a_missing_parameter_is_named() {
        Answer answer = client.get("/api/probe/page?limit=1", TOKEN);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("filter");
    }

    @Test
    void another_content_type_is_415() {
        Answer answer = client.send(client.request("/api/probe/echo")
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/xml")
                .POST(BodyPublishers.ofString("<a/>")));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.problem()).isEqualTo("unsupported-media-type");
    }

    @Test
    void an_answer_nobody_can_give_is_406_and_still_a_problem() {
        Answer answer = client.send(client.request("/api/probe/me")
                .header("Authorization", "Bearer " + TOKEN)
                .header("Accept", "image/png")
                .GET());

        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.problem()).isEqualTo("not-acceptable");
    }

    @Test
    void another_method_is_405_and_says_which() {
        Answer answer = client.get("/api/probe/echo", TOKEN);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.problem()).isEqualTo("method-not-allowed");
        assertThat(answer.header("Allow")).isEqualTo("POST");
    }

    @Test
    void an_unknown_path_is_404() {
        Answer answer = client.get("/api/no-such-thing", TOKEN);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("not-found");
    }

    @Test
    void a_body_that_announces_too_much_is_413() {
        Answer answer = client.post("/api/probe/echo", TOKEN, "\"" + "x".repeat(256 * 1024) + "\"");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.problem()).isEqualTo("payload-too-large");
    }

    @Test
    void a_body_that_announces_nothing_is_413_as_soon_as_it_is_too_much() {
        byte[] body = ("\"" + "x".repeat(300 * 1024) + "\"").getBytes(StandardCharsets.UTF_8);

        Answer answer = client.postChunked("/api/probe/echo", TOKEN, () -> new ByteArrayInputStream(body));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.problem()).isEqualTo("payload-too-large");
    }

    @Test
    void the_largest_body_passes_in_chunks() {
        byte[] body = ("\"" + "x".repeat(256 * 1024 - 2) + "\"").getBytes(StandardCharsets.UTF_8);

        Answer answer = client.postChunked("/api/probe/echo", TOKEN, () -> new ByteArrayInputStream(body));

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void an_outage_of_the_store_is_503() {
        Answer answer = client.get("/api/probe/store-away", TOKEN);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("store-unavailable");
        assertThat(answer.header("Retry-After")).isEqualTo("5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/probe/temporal-away", "/api/probe/temporal-slow"})
    void an_outage_of_temporal_is_503_however_it_is_wrapped(String path) {
        Answer answer = client.get(path, TOKEN);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("temporal-unavailable");
        assertThat(answer.header("Retry-After")).isEqualTo("5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/probe/bug", "/api/probe/stream-bug"})
    void a_bug_is_500_logged_once_and_told_to_nobody(String path, CapturedOutput output) {
        Answer answer = client.get(path, TOKEN);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.problem()).isEqualTo("internal");
        assertThat(answer.text()).doesNotContain("sk-123", "IllegalState");
        assertThat(output.getOut().split("event=request.failed", -1)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/%zz", "/api/\\x", "/api/a|b", "/api/a;b=c", "/api/%00", "/api//x", "/%2e%2e/x", "/api/%2F"
            })
    void an_impossible_path_is_a_problem(String path) {
        String answer = client.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json", "\"status\":400");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/probe/page?limit=%zz",
                "/api/probe/page?=x",
                "/api/probe/parameters?%13=",
                "/api/a;b=c",
                "/api//x"
            })
    void a_400_names_the_path_that_was_asked_for(String target) {
        String answer = client.raw("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TOKEN
                + "\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .contains("\"instance\":\"" + target.replaceFirst("\\?.*", "") + "\"");
    }

    @Test
    void nobody_sees_tomcat() {
        String answer = client.raw("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("Tomcat", "<html");
    }

    @Test
    void the_error_path_itself_is_not_there() {
        Answer answer = client.send(
                client.request("/error").header("Accept", "text/html").GET());

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("not-found");
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void every_problem_has_its_page(Problem problem) {
        Answer answer =
                client.send(client.request("/problems/" + problem.slug()).GET());

        assertThat(answer.status()).isEqualTo(200);
        JsonNode page = answer.json();
        assertThat(page.get("type").asString())
                .isEqualTo(problem.detail("x").getType().toString());
        assertThat(page.get("description").asString()).hasSizeGreaterThan(40);
    }

    @Test
    void an_unknown_problem_has_none() {
        assertThat(client.send(client.request("/problems/nonsense").GET()).problem())
                .isEqualTo("not-found");
        assertThat(client.send(client.request("/problems").GET())
                        .json()
                        .get("problems")
                        .size())
                .isEqualTo(Problem.values().length);
    }
}
