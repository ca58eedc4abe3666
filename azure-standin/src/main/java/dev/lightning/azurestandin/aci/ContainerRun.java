package dev.lightning.azurestandin.aci;

import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.DockerException;
import dev.lightning.azurestandin.aci.GroupDefinition.ContainerDefinition;
import dev.lightning.azurestandin.arm.Json;
import dev.lightning.azurestandin.engine.Engine;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One container of a group, as it is in the engine and as Azure tells it. */
final class ContainerRun {
    private static final int CANNOT_START = 128;
    private static final int KILLED = 137;

    /** What a container does, as Azure tells it; times and code only when there are some. */
    record State(
            String word,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Integer exitCode,
            String detail) {
        boolean isTerminated() {
            return word.equals("Terminated");
        }

        boolean hasFailed() {
            return exitCode != null && exitCode != 0;
        }

        ObjectNode json() {
            ObjectNode json = Json.object().put("state", word);
            if (startedAt != null) {
                json.put("startTime", startedAt.toString());
            }
            if (exitCode != null) {
                json.put("exitCode", exitCode);
            }
            if (endedAt != null) {
                json.put("finishTime", endedAt.toString());
            }
            return json.put("detailStatus", detail);
        }
    }

    private record Event(String name, String message, Instant at) {}

    private static final State WAITING = new State("Waiting", null, null, null, "");

    private final ContainerDefinition definition;
    private final String name;
    private final @Nullable Engine engine;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile @Nullable State previous;
    private final AtomicInteger restarts = new AtomicInteger();
    private volatile State withoutEngine = WAITING;

    ContainerRun(ContainerDefinition definition, String name, @Nullable Engine engine) {
        this.definition = definition;
        this.name = name;
        this.engine = engine;
    }

    ContainerDefinition definition() {
        return definition;
    }

    /** In the engine. */
    String name() {
        return name;
    }

    void happened(String event, String message) {
        events.add(new Event(event, message, Instant.now()));
    }

    void start() {
        if (engine == null) {
            withoutEngine = new State("Running", Instant.now(), null, null, "");
        } else {
            try {
                engine.start(name);
            } catch (DockerException e) {
                Instant now = Instant.now();
                withoutEngine = new State("Terminated", now, now, CANNOT_START, "StartError");
                happened("Failed", "Error: " + e.getMessage());
                return;
            }
        }
        happened("Started", "Started container");
    }

    void startAgain() {
        previous = state();
        restarts.incrementAndGet();
        start();
    }

    void kill() {
        if (state().word().equals("Running")) {
            happened("Killing", "Killing container with id " + name + ".");
        }
        if (engine != null) {
            engine.kill(name);
        } else {
            withoutEngine = new State("Terminated", withoutEngine.startedAt(), Instant.now(), KILLED, "Error");
        }
    }

    State state() {
        if (engine == null || withoutEngine.isTerminated()) {
            return withoutEngine;
        }
        return engine.state(name).map(ContainerRun::read).orElse(WAITING);
    }

    private static State read(ContainerState state) {
        Instant startedAt = instant(state.getStartedAt());
        if (Boolean.TRUE.equals(state.getRunning())) {
            return new State("Running", startedAt, null, null, "");
        }
        if (startedAt == null) {
            return WAITING;
        }
        int exitCode = Optional.ofNullable(state.getExitCodeLong()).orElse(0L).intValue();
        String detail = Boolean.TRUE.equals(state.getOOMKilled()) ? "OOMKilled" : exitCode == 0 ? "Completed" : "Error";
        Instant endedAt = instant(state.getFinishedAt());
        return new State(
                "Terminated",
                startedAt,
                endedAt == null || endedAt.isBefore(startedAt) ? startedAt : endedAt,
                exitCode,
                detail);
    }

    private static @Nullable Instant instant(@Nullable String text) {
        Instant instant =
                text == null ? Instant.MIN : OffsetDateTime.parse(text).toInstant();
        return instant.isBefore(Instant.EPOCH) ? null : instant;
    }

    ObjectNode instanceView() {
        ObjectNode view = Json.object().put("restartCount", restarts.get());
        view.set("currentState", state().json());
        State before = previous;
        if (before != null) {
            view.set("previousState", before.json());
        }
        for (Event event : events) {
            view.withArray("events")
                    .addObject()
                    .put("count", 1)
                    .put("firstTimestamp", event.at().toString())
                    .put("lastTimestamp", event.at().toString())
                    .put("name", event.name())
                    .put("message", event.message())
                    .put("type", event.name().equals("Failed") ? "Warning" : "Normal");
        }
        return view;
    }
}
