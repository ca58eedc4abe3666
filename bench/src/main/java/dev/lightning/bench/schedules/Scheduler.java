package dev.lightning.bench.schedules;

import dev.lightning.bench.load.Client;
import java.io.IOException;
import java.time.Instant;

/** A user of the product who wants events in the future; each asks the model with its own name, so that it is known. */
public record Scheduler(Client client) {
    /** An event that is due once. */
    public void once(String name, Instant due) throws IOException {
        create(name, "\"timestamp\":\"%s\"".formatted(due));
    }

    /** An event that is due again and again. */
    public void cron(String name, String expression) throws IOException {
        create(name, "\"cron\":\"%s\"".formatted(expression));
    }

    /** Ends what was made under this name. */
    public void delete(String name) throws IOException {
        client.delete("/api/schedule/" + name);
    }

    private void create(String name, String timing) throws IOException {
        Client.Answer answer = client.post("/api/schedule", """
                {"id":"%s",%s,"event":{"source":"bench","type":"llm.chat","userID":"%s","metadata":{"prompt":"%s"}}}""".formatted(name, timing, client.user(), name));
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.body());
        }
    }
}
