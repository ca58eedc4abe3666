package dev.lightning.api.streaming;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** A client of a stream of server-sent events, written from the specification. */
public final class SseReader implements AutoCloseable {
    /** One event as it was sent. */
    public record Received(String name, String id, String data) {}

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;
    private int comments;

    private SseReader(HttpRequest request) throws IOException, InterruptedException {
        response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    public static SseReader open(URI uri, String... headers) throws IOException, InterruptedException {
        return new SseReader(HttpRequest.newBuilder(uri)
                .header("Accept", "text/event-stream")
                .headers(headers)
                .build());
    }

    public int status() {
        return response.statusCode();
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    public int comments() {
        return comments;
    }

    /** Reads one line; false at the end. */
    public boolean readLine() throws IOException {
        String line = lines.readLine();
        comments += line != null && line.startsWith(":") ? 1 : 0;
        return line != null;
    }

    /** The next event, null at the end of the stream. */
    public Received next() throws IOException {
        String name = "message";
        String id = "";
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty() && !data.isEmpty()) {
                return new Received(name, id, data.toString());
            }
            int colon = line.indexOf(':');
            String value = colon < 0 ? "" : line.substring(colon + 1).stripLeading();
            switch (colon < 0 ? line : line.substring(0, colon)) {
                case "event" -> name = value;
                case "id" -> id = value;
                case "data" -> data.append(value);
                case "" -> comments++;
                default -> {
                    // retry, which this reader does by itself
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
