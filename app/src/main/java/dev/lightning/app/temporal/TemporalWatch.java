package dev.lightning.app.temporal;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.lightning.app.Watcher;
import dev.lightning.workflows.TaskQueues;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at Temporal now and then, so that health answers at once, and tells in one line when it comes and goes.
 *
 * <p>A worker can be up and yet poll nothing; only the server knows, so it is asked who polls which queue.
 */
public final class TemporalWatch extends Watcher {
    private static final Logger log = LoggerFactory.getLogger(TemporalWatch.class);
    private static final Duration IMPATIENT = Duration.ofMillis(200);
    private static final Duration CALM = Duration.ofSeconds(3);
    private static final Duration FRESH = Duration.ofMinutes(2);
    private static final long DEADLINE_MILLIS = 2_000;

    private final WorkflowClient client;
    private final TemporalSetup setup;
    private final List<String> served;
    private volatile Sight sight = Sight.NOTHING;
    private boolean setUp;

    /**
     * What was seen last.
     *
     * @param problem why Temporal cannot be used, as a gRPC status; empty when it can: the namespace answers and is set up
     * @param pollers how many processes poll each task queue
     * @param ours the task queues that this very process is seen to poll
     */
    public record Sight(String problem, Map<String, Integer> pollers, List<String> ours) {
        static final Sight NOTHING = unusable(Status.Code.UNAVAILABLE.name());

        static Sight unusable(String problem) {
            return new Sight(problem, Map.of(), List.of());
        }

        public boolean reachable() {
            return problem.isEmpty();
        }
    }

    /** Ready means that these queues, which this process serves, are seen to be polled by it. */
    TemporalWatch(WorkflowClient client, TemporalSetup setup, List<String> served) {
        super("temporal-watch");
        this.client = client;
        this.setup = setup;
        this.served = served;
    }

    /** Whether this process can do its work as far as Temporal is concerned. */
    public boolean isReady() {
        return sight.reachable() && sight.ours().containsAll(served);
    }

    public List<String> served() {
        return served;
    }

    /** At most a few seconds old. */
    public Sight sight() {
        return sight;
    }

    @Override
    protected Duration look() {
        Sight before = sight;
        sight = see();
        tellChange(before.problem(), sight.problem());
        return isReady() ? CALM : IMPATIENT;
    }

    private static void tellChange(String before, String now) {
        if (before.equals(now)) {
            return;
        }
        if (now.isEmpty()) {
            log.info("event=temporal.reachable");
        } else {
            log.warn("event=temporal.unreachable problem={}", now);
        }
    }

    private Sight see() {
        try {
            stub().describeNamespace(DescribeNamespaceRequest.newBuilder()
                    .setNamespace(namespace())
                    .build());
            if (!setUp) {
                setup.apply();
                setUp = true;
            }
            return lookAtQueues();
        } catch (StatusRuntimeException away) {
            log.debug("event=temporal.unreachable", away);
            Status.Code code = away.getStatus().getCode();
            return code == Status.Code.DEADLINE_EXCEEDED ? Sight.NOTHING : Sight.unusable(code.name());
        }
    }

    private Sight lookAtQueues() {
        Map<String, Integer> pollers = new LinkedHashMap<>();
        List<String> ours = new ArrayList<>();
        for (String queue : TaskQueues.ALL) {
            List<String> identities = pollersOf(queue);
            pollers.put(queue, identities.size());
            if (identities.contains(client.getOptions().getIdentity())) {
                ours.add(queue);
            }
        }
        return new Sight("", Collections.unmodifiableMap(pollers), List.copyOf(ours));
    }

    private List<String> pollersOf(String queue) {
        TaskQueueType type = queue.equals(TaskQueues.EVENTS)
                ? TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW
                : TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY;
        long oldest = Instant.now().minus(FRESH).getEpochSecond();
        return stub()
                .describeTaskQueue(DescribeTaskQueueRequest.newBuilder()
                        .setNamespace(namespace())
                        .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                        .setTaskQueueType(type)
                        .build())
                .getPollersList()
                .stream()
                .filter(poller -> poller.getLastAccessTime().getSeconds() >= oldest)
                .map(PollerInfo::getIdentity)
                .distinct()
                .toList();
    }

    private WorkflowServiceBlockingStub stub() {
        return client.getWorkflowServiceStubs().blockingStub().withDeadlineAfter(DEADLINE_MILLIS, MILLISECONDS);
    }

    private String namespace() {
        return client.getOptions().getNamespace();
    }
}
