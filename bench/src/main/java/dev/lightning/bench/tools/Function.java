package dev.lightning.bench.tools;

import dev.lightning.bench.load.Client;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A function of a user that is invoked to be measured. */
record Function(Client client, String name) {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    static Function inContainer(Client client, String name, String image, List<String> command) throws IOException {
        return define(client, name, Map.of("kind", "docker", "image", image, "pull", "never"), command);
    }

    static Function inProcess(Client client, String name, List<String> command) throws IOException {
        return define(client, name, Map.of("kind", "process"), command);
    }

    private static Function define(Client client, String name, Map<String, String> runtime, List<String> command)
            throws IOException {
        String definition =
                JsonMapper.shared().writeValueAsString(Map.of("name", name, "runtime", runtime, "command", command));
        Client.Answer answer = client.post("/v1/functions", definition);
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.body());
        }
        return new Function(client, name);
    }

    /** From before the invocation is posted to the end of its task. */
    Duration run() throws IOException {
        Instant posted = Instant.now();
        String event = client.post("/v1/functions/" + name + ":invoke", "{}")
                .json()
                .path("eventId")
                .asString();
        JsonNode task;
        do {
            LockSupport.parkNanos(LOOK_NANOS);
            task = client.get("/api/tasks/" + event + "." + name).json();
        } while (!task.has("endedAt"));
        if (!task.path("state").asString().equals("COMPLETED")) {
            throw new IllegalStateException(task.toString());
        }
        return Duration.between(posted, Instant.parse(task.path("endedAt").asString()));
    }
}
