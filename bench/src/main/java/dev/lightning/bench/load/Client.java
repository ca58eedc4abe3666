package dev.lightning.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A user of a program; the caller's own thread writes and reads, so that what is measured is the program. */
public record Client(String url, String user, String token) {
    private static final String PASSWORD = "a long enough phrase";

    /** What came back. */
    public record Answer(int status, String body, boolean saysWhenToRetry) {
        /** The body, which is read only by those who look into it. */
        public JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    /** Somebody whom a program without accounts does not ask for a name. */
    public static Client of(String url) {
        return new Client(url, "bench-" + UUID.randomUUID().toString().substring(0, 8), "");
    }

    /** Registers somebody new with the product. */
    public static Client register(String url) throws IOException {
        Client nobody = of(url);
        String credentials = "{\"userID\":\"%s\",\"password\":\"%s\"}".formatted(nobody.user, PASSWORD);
        nobody.post("/api/register", credentials);
        JsonNode answer = nobody.post("/api/token", credentials).json();
        return new Client(url, nobody.user, answer.path("token").asString());
    }

    /** The same user with a new token, since one lasts an hour at most. */
    public Client again() throws IOException {
        String credentials = "{\"userID\":\"%s\",\"password\":\"%s\"}".formatted(user, PASSWORD);
        Client nobody = new Client(url, user, "");
        return new Client(
                url,
                user,
                nobody.post("/api/token", credentials).json().path("token").asString());
    }

    /** Asks and waits for the answer. */
    public Answer get(String path) throws IOException {
        return answer(connect(path));
    }

    /** Removes and waits for the answer. */
    public Answer delete(String path) throws IOException {
        HttpURLConnection connection = connect(path);
        connection.setRequestMethod("DELETE");
        return answer(connection);
    }

    /** Posts JSON and waits for the answer. */
    public Answer post(String path, String body) throws IOException {
        HttpURLConnection connection = connect(path);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        return answer(connection);
    }

    private HttpURLConnection connect(String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url + path).toURL().openConnection();
        if (!token.isEmpty()) {
            connection.setRequestProperty("Authorization", "Bearer " + token);
        }
        return connection;
    }

    private static Answer answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        boolean saysWhenToRetry = connection.getHeaderField("Retry-After") != null;
        try (InputStream answer = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            String body = answer == null ? "" : new String(answer.readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(status, body, saysWhenToRetry);
        }
    }
}
