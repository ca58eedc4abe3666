package dev.lightning.workflows;

import java.util.List;

/** The task queues; each exists because its work may need machines of its own. */
public final class TaskQueues {
    /** Workflows and, by default, all their activities: eager dispatch happens only on the workflow's own queue. */
    public static final String EVENTS = "lightning-events";

    /** Model calls, when a pool of its own makes them ({@code LLM_QUEUE}). */
    public static final String LLM = "lightning-llm";

    /** Repeated deliveries, so that a slow receiver holds up nobody else. */
    public static final String NOTIFY = "lightning-notify";

    /** Tool runs: polled where an engine can be reached. */
    public static final String TOOLS = "lightning-tools";

    /** All of them, for who looks whether they are polled. */
    public static final List<String> ALL = List.of(EVENTS, LLM, NOTIFY, TOOLS);

    /**
     * Where one process goes on with the model calls that are under way in it.
     *
     * @param process unique among all that have ever run
     */
    public static String ofProcess(String process) {
        return LLM + "@" + process;
    }

    private TaskQueues() {}
}
