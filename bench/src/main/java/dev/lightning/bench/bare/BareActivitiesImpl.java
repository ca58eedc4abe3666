package dev.lightning.bench.bare;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The two effects with nothing but the JDK's client; what goes wrong is thrown, and Temporal tries again. */
final class BareActivitiesImpl implements BareActivities {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI model;
    private final URI receiver;

    BareActivitiesImpl(URI model, URI receiver) {
        this.model = model;
        this.receiver = receiver;
    }

    @Override
    public String ask(String prompt) {
        Map<String, Object> request =
                Map.of("model", "gpt-3.5-turbo", "messages", List.of(Map.of("role", "user", "content", prompt)));
        return JSON.readTree(post(model, request))
                .at("/choices/0/message/content")
                .asString();
    }

    @Override
    public void send(BareMessage message) {
        post(receiver, message);
    }

    private String post(URI to, Object body) {
        HttpRequest request = HttpRequest.newBuilder(to)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(to + " answered " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException unreachable) {
            throw new IllegalStateException(unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
