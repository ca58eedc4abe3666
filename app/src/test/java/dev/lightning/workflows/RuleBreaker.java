package dev.lightning.workflows;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Does in one place what workflow code must never do, so that the rules are seen to catch it. */
public final class RuleBreaker {
    /** How many reads of the world this class makes. */
    public static final int WORLD = 7;

    /** How many unordered collections this class makes. */
    public static final int UNORDERED = 4;

    private final ConcurrentHashMap<String, String> shared = new ConcurrentHashMap<>();

    Object world() {
        return List.of(
                Instant.now(),
                Clock.systemUTC(),
                System.getenv("HOME"),
                UUID.randomUUID(),
                new Random(),
                List.of(1).parallelStream());
    }

    Object unordered(List<String> names) {
        return List.of(
                Set.of("a"), Map.of("a", "b"), new HashMap<>(), names.stream().collect(Collectors.toSet()));
    }

    Object vendor() {
        return io.temporal.client.WorkflowOptions.newBuilder();
    }

    Object sharedState() {
        return shared;
    }
}
