package dev.lightning.app.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A user of the product with a token, who sees no more of it than its HTTP answers. */
final class Caller {
    static final JsonMapper JSON = JsonMapper.shared();

    /** The same for all events, so that a repeat is the same event to the letter. */
    private static final Instant TIME = Instant.parse("2026-11-21T10:00:00Z");

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final String address;
    private final String userId;
    private final String token;
    private final Duration patience;

    /** What came back, as text and, where it is JSON, readable. */
    record Answer(int status, HttpHeaders headers, String text) {
        JsonNode json() {
            return JSON.readTree(text);
        }

        boolean isGood() {
            return status / 100 == 2;
        }
    }

    private Caller(String address, String userId, String token, Duration patience) {
        this.address = address;
        this.userId = userId;
        this.token = token;
        this.patience = patience;
    }

    /** Makes the account and a token at this address, which the ready block calls API. */
    static Caller register(String api, String userId, String password) {
        String address = api.replace("/api", "").replace("localhost", "127.0.0.1");
        Map<String, String> credentials = Map.of("userID", userId, "password", password);
        Caller stranger = new Caller(address, userId, "", PATIENCE);
        require(stranger.send("POST", "/api/register", credentials), 201);
        Answer answer = require(stranger.send("POST", "/api/token", credentials), 200);
        return new Caller(address, userId, answer.json().get("token").asString(), PATIENCE);
    }

    /** The same user at the address of another process. */
    Caller at(String api) {
        return new Caller(api.replace("/api", "").replace("localhost", "127.0.0.1"), userId, token, patience);
    }

    /** The same user, who hangs up after this long and then knows nothing. */
    Caller hangingUpAfter(Duration wait) {
        return new Caller(address, userId, token, wait);
    }

    String userId() {
        return userId;
    }

    String token() {
        return token;
    }

    Answer chat(String id, String prompt) {
        return post(id, "llm.chat", Map.of("prompt", prompt));
    }

    Answer post(String id, String type, Map<String, ?> metadata) {
        return send(
                "POST",
                "/api/events",
                Map.of(
                        "id",
                        id,
                        "timestamp",
                        TIME.toString(),
                        "source",
                        "faults",
                        "type",
                        type,
                        "userID",
                        userId,
                        "metadata",
                        metadata));
    }

    Answer get(String path) {
        return send("GET", path, null);
    }

    /** Where the event stands, {@code ?} while nobody can tell. */
    String statusOf(String id) {
        try {
            Answer answer = get("/api/events/" + id);
            return answer.status() == 200 ? answer.json().get("status").asString() : "?";
        } catch (UncheckedIOException away) {
            return "?";
        }
    }

    /** Throws {@link UncheckedIOException} when no answer came. */
    Answer send(String method, String path, @Nullable Object body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(patience)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException away) {
            throw new UncheckedIOException(away);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    private static Answer require(Answer answer, int status) {
        if (answer.status() != status) {
            throw new IllegalStateException(answer.status() + " " + answer.text());
        }
        return answer;
    }
}
