package dev.lightning.app.faults;

import dev.lightning.app.Instance;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client that follows a task's log, as curl does. */
final class LogStream implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    /** One server-sent event. */
    record Sent(String name, String id, String data) {}

    LogStream(Instance product, Caller caller, String task, String lastEventId)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(product.address("API").replaceFirst("/api$", "/api/tasks/" + task + "/logs?follow")))
                .header("Authorization", "Bearer " + caller.token())
                .header("Last-Event-ID", lastEventId)
                .timeout(Duration.ofSeconds(20))
                .build();
        response = client.send(request, BodyHandlers.ofInputStream());
        lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    int status() {
        return response.statusCode();
    }

    /** The next event, null at the end. */
    Sent next() throws IOException {
        String name = "";
        String id = "";
        String data = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty() && !data.isEmpty()) {
                return new Sent(name, id, data);
            }
            String value = line.substring(line.indexOf(':') + 1).strip();
            switch (line.substring(0, Math.max(0, line.indexOf(':')))) {
                case "event" -> name = value;
                case "id" -> id = value;
                case "data" -> data = value;
                default -> {
                    // a comment, or when to come back
                }
            }
        }
        return null;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
