package dev.lightning.api.users;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.lightning.api.EdgeClient;
import dev.lightning.api.EdgeClient.Answer;
import dev.lightning.api.TestEdge;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(classes = TestEdge.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class AccountControllerTest {
    private static final String PASSWORD = "a kestrel at noon";

    private final EdgeClient client;
    private final AdminAccount admin;
    private final String name = "user-" + UUID.randomUUID();

    AccountControllerTest(@LocalServerPort int port, @Autowired AdminAccount admin) {
        client = new EdgeClient(port);
        this.admin = admin;
    }

    @ParameterizedTest
    @CsvSource({"/api/token,userID", "/api/token,username", "/auth/token,username", "/auth/token,userID"})
    void who_registers_gets_a_token_that_opens_the_api(String path, String field) throws Exception {
        Answer registered = register(name, PASSWORD);
        Answer answer = client.post(path, body(field, name, PASSWORD));

        assertThat(registered.status()).isEqualTo(201);
        assertThat(registered.text()).isEqualTo("{\"userID\":\"" + name + "\"}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().propertyNames()).containsExactly("token", "token_type", "expires_in");
        assertThat(answer.json().get("token_type").asString()).isEqualTo("Bearer");
        assertThat(answer.json().get("expires_in").asInt()).isEqualTo(3600);
        assertThat(answer.header("Cache-Control")).contains("no-store");

        String token = answer.json().get("token").asString();
        Answer me = client.get("/api/probe/me", token);
        assertThat(me.json().at("/owner/userId").asString()).isEqualTo(name);
        assertThat(me.json().get("admin").asBoolean()).isFalse();
        JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
        assertThat(claims.getClaims()).containsOnlyKeys("iss", "aud", "sub", "jti", "iat", "exp");
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void a_name_is_taken_once() {
        register(name, PASSWORD);

        Answer again = register(name, "another kestrel at noon");

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.problem()).isEqualTo("conflict");
        assertThat(client.post("/api/token", body("userID", name, PASSWORD)).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "Admin", "ADMIN"})
    void nobody_registers_as_the_administrator(String reserved) {
        Answer answer = register(reserved, PASSWORD);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().get("detail").asString()).isEqualTo("The user name " + reserved + " is reserved");
    }

    @Test
    void the_administrator_of_a_laptop_logs_in_with_the_known_password() {
        admin.ensure();

        Answer answer = client.post("/auth/token", body("username", "admin", "admin"));

        assertThat(answer.status()).isEqualTo(200);
        Answer me = client.get("/api/probe/me", answer.json().get("token").asString());
        assertThat(me.json().get("admin").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "a b", "", "a\\nb", "ä", "-a", "../x"})
    void a_name_that_could_confuse_is_refused(String bad) {
        Answer answer = client.post("/api/register", body("userID", bad, PASSWORD));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("userID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1234567", "password1", "iloveyou"})
    void a_weak_password_is_refused(String weak) {
        Answer answer = client.post("/api/register", body("userID", name, weak));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"userID\":null,\"password\":null}"})
    void everything_that_is_missing_is_named(String body) {
        for (String path : new String[] {"/api/register", "/api/token", "/auth/token"}) {
            Answer answer = client.post(path, body);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().get("errors").findValuesAsString("field")).containsExactly("userID", "password");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "3",
                "null",
                "\"x\"",
                "{\"userID\":{},\"password\":\"x\"}",
                "{\"userID\":7,\"password\":\"x\"}"
            })
    void a_body_of_another_shape_is_400(String body) {
        for (String path : new String[] {"/api/register", "/api/token"}) {
            Answer answer = client.post(path, body);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.problem()).isIn("malformed-json", "invalid-request");
        }
    }

    @Test
    void two_different_names_are_a_contradiction() {
        String both = "{\"userID\":\"a\",\"username\":\"b\",\"password\":\"" + PASSWORD + "\"}";

        for (String path : new String[] {"/api/register", "/api/token"}) {
            Answer answer = client.post(path, both);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("username");
        }
    }

    @Test
    void every_field_of_a_wrong_type_or_name_is_named_at_once() {
        for (String path : new String[] {"/api/register", "/api/token", "/auth/token"}) {
            Answer answer = client.post(path, "{\"userID\":5,\"password\":[\"a\"],\"colour\":1}");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().get("errors").findValuesAsString("field"))
                    .containsExactlyInAnyOrder("userID", "password", "colour");
        }
    }

    @Test
    void the_same_name_twice_is_none() {
        register(name, PASSWORD);
        String both = "{\"userID\":\"%1$s\",\"username\":\"%1$s\",\"password\":\"%2$s\"}".formatted(name, PASSWORD);

        assertThat(client.post("/auth/token", both).status()).isEqualTo(200);
    }

    @Test
    void a_wrong_name_and_a_wrong_password_cannot_be_told_apart() {
        register(name, PASSWORD);

        Answer wrongPassword = client.post("/api/token", body("userID", name, "not a kestrel"));
        Answer wrongName = client.post("/api/token", body("userID", name + "x", PASSWORD));

        assertThat(wrongPassword.status()).isEqualTo(401);
        assertThat(wrongPassword.problem()).isEqualTo("wrong-credentials");
        assertThat(wrongPassword.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(wrongPassword.text()).isEqualTo(wrongName.text());
        assertThat(wrongPassword.response().headers().map().keySet())
                .isEqualTo(wrongName.response().headers().map().keySet());
    }

    @Test
    void no_password_and_no_token_is_logged(CapturedOutput output) {
        register(name, "canary password 1");
        Answer answer = client.post("/api/token", body("userID", name, "canary password 1"));
        client.post("/api/token", body("userID", name, "canary password 2"));
        client.post("/api/token", "{\"userID\":\"x\",\"password\":\"canary password 3\"");

        assertThat(output.getAll())
                .contains("event=user.registered", "event=login.refused")
                .doesNotContain("canary", answer.json().get("token").asString(), name);
    }

    private Answer register(String userId, String password) {
        return client.post("/api/register", body("userID", userId, password));
    }

    private static String body(String field, String userId, String password) {
        return "{\"%s\":\"%s\",\"password\":\"%s\"}".formatted(field, userId, password);
    }
}
