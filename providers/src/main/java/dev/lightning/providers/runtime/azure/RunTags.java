package dev.lightning.providers.runtime.azure;

import dev.lightning.providers.runtime.KnownRun;
import dev.lightning.providers.runtime.RunRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is written on everything that is ordered, for whoever cleans up or pays. */
public final class RunTags {
    public static final String INSTANCE = "lightning-instance";
    public static final String RUN = "lightning-run";
    public static final String WORKFLOW = "lightning-workflow";
    public static final String TOOL = "lightning-tool";
    public static final String OWNER = "lightning-owner";
    public static final String CREATED = "lightning-created";

    /** Instead of a run and its workflow, on a machine that serves several. */
    public static final String MACHINE = "lightning-machine";

    /** After this nobody needs it any more. */
    public static final String DEADLINE = "lightning-deadline";

    /** Azure's limit for a value; a workflow's id may be longer and goes on in further tags. */
    private static final int LONGEST = 256;

    /** What comes before the program may take as long. */
    private static final Duration PROVISIONING = Duration.ofHours(2);

    private RunTags() {}

    /** All of them, for one run. */
    public static Map<String, String> of(String instance, RunRequest request, Instant created) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(INSTANCE, instance);
        tags.put(RUN, request.name());
        String workflow = request.labels().workflowId();
        for (int n = 0; n * LONGEST < workflow.length() || n == 0; n++) {
            tags.put(workflowTag(n), workflow.substring(n * LONGEST, Math.min(workflow.length(), (n + 1) * LONGEST)));
        }
        tags.put(TOOL, cut(request.labels().tool()));
        tags.put(OWNER, cut(request.labels().owner()));
        tags.put(CREATED, created.toString());
        tags.put(DEADLINE, end(created, request).toString());
        return tags;
    }

    /** All of them, for a machine that serves this run first and others of its owner for this long. */
    public static Map<String, String> ofMachine(
            String instance, String machine, RunRequest first, Instant created, Duration serving) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(INSTANCE, instance);
        tags.put(MACHINE, machine);
        tags.put(TOOL, cut(first.labels().tool()));
        tags.put(OWNER, cut(first.labels().owner()));
        tags.put(CREATED, created.toString());
        tags.put(DEADLINE, end(created, first).plus(serving).toString());
        return tags;
    }

    /** Whether a machine that is there for this owner is there for long enough. */
    public static boolean isFor(RunRequest request, Map<String, String> tags, Instant now) {
        return cut(request.labels().owner()).equals(tags.get(OWNER))
                && !end(now, request).isAfter(deadline(tags));
    }

    private static Instant end(Instant created, RunRequest request) {
        return created.plus(PROVISIONING).plus(request.limits().lifetime());
    }

    /** The machine that serves several; empty where it serves the one that {@link #run} tells of. */
    public static Optional<String> machine(Map<String, String> tags) {
        return Optional.ofNullable(tags.get(MACHINE));
    }

    /** Whether this instance has written them. */
    public static boolean isOf(String instance, @Nullable Map<String, String> tags) {
        return tags != null && instance.equals(tags.get(INSTANCE));
    }

    /** The run that they tell of. */
    public static KnownRun run(Map<String, String> tags) {
        StringBuilder workflow = new StringBuilder();
        for (int n = 0; tags.containsKey(workflowTag(n)); n++) {
            workflow.append(tags.get(workflowTag(n)));
        }
        return new KnownRun(
                tags.getOrDefault(RUN, ""),
                workflow.toString(),
                instant(tags.get(CREATED)).orElse(Instant.EPOCH));
    }

    /** When it is to be gone, however its workflow stands. */
    public static Instant deadline(Map<String, String> tags) {
        return instant(tags.get(DEADLINE)).orElse(Instant.MAX);
    }

    private static String workflowTag(int n) {
        return n == 0 ? WORKFLOW : WORKFLOW + "-" + (n + 1);
    }

    private static String cut(String value) {
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST);
    }

    private static Optional<Instant> instant(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
