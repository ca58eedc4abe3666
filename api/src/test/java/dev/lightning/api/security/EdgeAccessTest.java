package dev.lightning.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.api.EdgeClient;
import dev.lightning.api.EdgeClient.Answer;
import dev.lightning.api.TestEdge;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(classes = TestEdge.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class EdgeAccessTest {
    private final EdgeClient client;

    EdgeAccessTest(@LocalServerPort int port) {
        client = new EdgeClient(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/probe/me",
                "/api/made-up-tomorrow",
                "/v1/functions",
                "/metrics",
                "/actuator/env",
                "/.well-known/oauth-protected-resource"
            })
    void what_is_not_public_needs_a_token(String path) {
        Answer answer = client.send(client.request(path).GET());

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("unauthenticated");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YWxpY2U6YQ==", "Bearer", "Bearer ", "Bearer a b", "bearer\tx", "DPoP abc"})
    void other_ways_to_say_who_one_is_are_refused(String authorization) {
        Answer answer = client.send(client.request("/api/probe/me")
                .header("Authorization", authorization)
                .GET());

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("unauthenticated");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/livez", "/readyz"})
    void probes_pass_the_guard(String path) {
        assertThat(client.send(client.request(path).GET()).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v3/api-docs", "/v3/api-docs.yaml", "/swagger-ui/index.html", "/problems"})
    void the_description_is_public(String path) {
        assertThat(client.send(client.request(path).GET()).status()).isEqualTo(200);
    }

    @Test
    void a_browser_that_knows_only_the_address_finds_the_api_page() {
        Answer answer = client.send(
                client.request("/").header("Accept", "text/html,*/*;q=0.8").GET());

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).endsWith("/swagger-ui.html");
    }

    @Test
    void a_public_path_takes_only_its_method() {
        Answer answer = client.send(client.request("/api/token").GET());

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("POST");
    }

    @Test
    void answers_carry_the_headers_that_protect_browsers() {
        Answer answer = client.send(client.request("/problems").GET());

        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Content-Security-Policy")).contains("default-src 'self'");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(answer.header("Server")).isEmpty();
    }

    @Test
    void a_chosen_page_may_call_and_sees_why_it_was_refused() {
        Answer preflight = client.send(preflight("https://page.example"));
        Answer call = client.send(client.request("/api/probe/me")
                .header("Origin", "https://page.example")
                .GET());

        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("https://page.example");
        assertThat(preflight.header("Access-Control-Allow-Headers")).contains("authorization");
        assertThat(call.status()).isEqualTo(401);
        assertThat(call.header("Access-Control-Allow-Origin")).isEqualTo("https://page.example");
    }

    @Test
    void another_page_may_not() {
        Answer answer = client.send(preflight("https://evil.example"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.problem()).isEqualTo("forbidden");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    private HttpRequest.Builder preflight(String origin) {
        return client.request("/api/probe/me")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization")
                .method("OPTIONS", BodyPublishers.noBody());
    }
}
