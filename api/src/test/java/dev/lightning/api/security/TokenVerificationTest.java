package dev.lightning.api.security;

import static dev.lightning.api.security.TestTokens.good;
import static dev.lightning.api.security.TestTokens.header;
import static dev.lightning.api.security.TestTokens.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.PlainJWT;
import dev.lightning.api.EdgeClient;
import dev.lightning.api.EdgeClient.Answer;
import dev.lightning.api.TestEdge;
import dev.lightning.providers.storage.rows.UserRow;
import dev.lightning.providers.storage.rows.UserRows;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The attacks of RFC 8725 and the gaps of common defaults, over HTTP, each spoiling one thing of a good token. */
@SpringBootTest(classes = TestEdge.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class TokenVerificationTest {
    private static final byte[] KEY = TestTokens.KEY.getBytes(StandardCharsets.UTF_8);

    private final EdgeClient client;
    private final TestIssuer partner;

    TokenVerificationTest(@LocalServerPort int port, @Autowired UserRows users, @Autowired TestIssuer partner) {
        client = new EdgeClient(port);
        this.partner = partner;
        users.put(new UserRow("alice", "hash", true, false, Instant.now()));
    }

    @Test
    void a_good_token_of_ours_is_our_alice() {
        Answer answer = client.get("/api/probe/me", signed(good("alice")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/owner/userId").asString()).isEqualTo("alice");
        assertThat(answer.json().at("/owner/key").asString())
                .isEqualTo(OwnerKeys.builtIn("alice").key());
        assertThat(answer.json().get("admin").asBoolean()).isTrue();
    }

    @Test
    void a_good_token_of_theirs_is_their_alice() {
        Answer answer = client.get("/api/probe/me", partner.token("alice"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/owner/userId").asString()).isEqualTo("partner:alice");
        assertThat(answer.json().at("/owner/key").asString())
                .isNotEqualTo(OwnerKeys.builtIn("alice").key());
        assertThat(answer.json().get("admin").asBoolean()).isFalse();
    }

    @Test
    void their_administrators_are_those_their_claim_names() {
        String operator = signed(partner.claims("bob").claim("roles", List.of("reader", "operator")), partner.key());
        String reader = signed(partner.claims("bob").claim("roles", List.of("reader")), partner.key());

        assertThat(client.get("/api/probe/me", operator).json().get("admin").asBoolean())
                .isTrue();
        assertThat(client.get("/api/probe/me", reader).json().get("admin").asBoolean())
                .isFalse();
    }

    @Test
    void a_clock_that_is_a_minute_off_is_forgiven() {
        Instant late = Instant.now().minusSeconds(40);

        assertThat(client.get("/api/probe/me", signed(good("alice").expirationTime(Date.from(late))))
                        .status())
                .isEqualTo(200);
    }

    @TestFactory
    Stream<DynamicTest> every_bad_token_is_refused() throws Exception {
        return attacks().entrySet().stream()
                .map(attack -> DynamicTest.dynamicTest(attack.getKey(), () -> refused(attack.getValue())));
    }

    private void refused(String token) {
        Answer answer = client.get("/api/probe/me", token);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("unauthenticated");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    }

    private Map<String, String> attacks() throws Exception {
        RSAKey theirs = partner.key();
        RSAKey mine = new RSAKeyGenerator(2048).keyID("mine").generate();
        Instant now = Instant.now();
        Map<String, String> attacks = new LinkedHashMap<>();
        attacks.put("alg none", new PlainJWT(good("alice").build()).serialize());
        attacks.put(
                "alg none for their issuer",
                new PlainJWT(partner.claims("alice").build()).serialize());
        attacks.put(
                "HS256 with their public key as secret",
                signed(
                        header(),
                        partner.claims("alice"),
                        theirs.toRSAPublicKey().getEncoded()));
        attacks.put("RS256 for an HS256 issuer", signed(good("alice"), theirs));
        attacks.put("HS256 with our key for their issuer", signed(header(), partner.claims("alice"), KEY));
        attacks.put(
                "HS512 where HS256 is fixed",
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.HS512).type(JOSEObjectType.JWT),
                        good("alice"),
                        (TestTokens.KEY + TestTokens.KEY).getBytes(StandardCharsets.UTF_8)));
        attacks.put("embedded jwk", embedded(mine, header -> header.jwk(mine.toPublicJWK())));
        attacks.put("foreign jku", embedded(mine, header -> header.jwkURL(URI.create("http://127.0.0.1:1/keys"))));
        attacks.put("their kid, another key", signed(partner.claims("alice"), mine, "theirs"));
        attacks.put(
                "wrong key",
                signed(
                        header(),
                        good("alice"),
                        "another key of more than 32 bytes....".getBytes(StandardCharsets.UTF_8)));
        attacks.put("no exp", signed(good("alice").expirationTime(null)));
        attacks.put("no iat", signed(good("alice").issueTime(null)));
        attacks.put("no aud", signed(good("alice").audience((String) null)));
        attacks.put("wrong aud", signed(good("alice").audience("someone-else")));
        attacks.put("our aud at their issuer", signed(partner.claims("alice").audience("lightning"), theirs));
        attacks.put("no sub", signed(good("alice").subject(null)));
        attacks.put("empty sub", signed(good("")));
        attacks.put("sub with a line break", signed(partner.claims("a\nb"), theirs));
        attacks.put("no jti", signed(good("alice").jwtID(null)));
        attacks.put(
                "exp in the year 9999",
                signed(good("alice").expirationTime(Date.from(Instant.parse("9999-12-31T00:00:00Z")))));
        attacks.put(
                "their exp in the year 9999",
                signed(
                        partner.claims("alice").expirationTime(Date.from(Instant.parse("9999-12-31T00:00:00Z"))),
                        theirs));
        attacks.put(
                "lives longer than an hour",
                signed(good("alice").expirationTime(Date.from(now.plus(Duration.ofMinutes(62))))));
        attacks.put(
                "iat in the future to live longer",
                signed(good("alice")
                        .issueTime(Date.from(now.plus(Duration.ofDays(1))))
                        .expirationTime(Date.from(now.plus(Duration.ofDays(1))))));
        attacks.put("exp past", signed(good("alice").expirationTime(Date.from(now.minusSeconds(61)))));
        attacks.put("nbf future", signed(good("alice").notBeforeTime(Date.from(now.plusSeconds(90)))));
        attacks.put("wrong typ", signed(header().type(new JOSEObjectType("at+jwt")), good("alice"), KEY));
        attacks.put("no typ", signed(new JWSHeader.Builder(JWSAlgorithm.HS256), good("alice"), KEY));
        attacks.put("unknown issuer", signed(good("alice").issuer("https://elsewhere.example")));
        attacks.put("no issuer", signed(good("alice").issuer(null)));
        attacks.put(
                "their issuer spelled otherwise", signed(partner.claims("alice").issuer(partner.name() + "/"), theirs));
        attacks.put("an account that is not there", signed(good("nobody")));
        attacks.put(
                "a critical header nobody knows",
                signed(header().criticalParams(Set.of("x")).customParam("x", 1), good("alice"), KEY));
        attacks.put("a changed body", changed(signed(good("alice"))));
        attacks.put("not a token", "abc");
        attacks.put("three dots", "a.b.c");
        attacks.put(
                "deep claims",
                "e30."
                        + Base64.getUrlEncoder()
                                .encodeToString("[".repeat(4000).getBytes(StandardCharsets.UTF_8))
                                .replace("=", "")
                        + ".x");
        return attacks;
    }

    private static String changed(String token) {
        String other = signed(good("admin"));
        return token.substring(0, token.indexOf('.'))
                + other.substring(other.indexOf('.'), other.lastIndexOf('.'))
                + token.substring(token.lastIndexOf('.'));
    }

    private String embedded(RSAKey mine, Consumer<JWSHeader.Builder> trick) throws Exception {
        JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID("mine");
        trick.accept(header);
        return signed(header.build(), partner.claims("alice").build(), new RSASSASigner(mine));
    }
}
