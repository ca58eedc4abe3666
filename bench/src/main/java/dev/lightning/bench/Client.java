package dev.lightning.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A user of the product; the caller's own thread writes and reads, so that what is measured is the product. */
record Client(String url, String user, String token) {
    private static final String PASSWORD = "a long enough phrase";

    record Answer(int status, String body) {
        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    /** Registers somebody new. */
    static Client register(String url) throws IOException {
        Client nobody = new Client(url, "bench-" + UUID.randomUUID().toString().substring(0, 8), "");
        String credentials = "{\"userID\":\"%s\",\"password\":\"%s\"}".formatted(nobody.user, PASSWORD);
        nobody.post("/api/register", credentials);
        JsonNode answer = nobody.post("/api/token", credentials).json();
        return new Client(url, nobody.user, answer.path("token").asString());
    }

    Answer get(String path) throws IOException {
        return answer(connect(path));
    }

    Answer post(String path, String body) throws IOException {
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
        try (InputStream answer = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(status, answer == null ? "" : new String(answer.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
