package dev.lightning.app.overload;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.lightning.api.admission.Delay;
import dev.lightning.app.Watcher;
import dev.lightning.workflows.TaskQueues;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.taskqueue.v1.TaskQueueStats;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every second how long events wait for a worker, in this process and in the queue that all processes share. */
final class MeasuredDelay extends Watcher implements Delay {
    private static final Logger log = LoggerFactory.getLogger(MeasuredDelay.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final long DEADLINE_MILLIS = 2_000;

    private final WorkflowClient client;
    private final WorkerDelay workers;
    private final BacklogDelay backlog = new BacklogDelay(System.nanoTime());
    private volatile Duration delay = Duration.ZERO;
    private volatile Runnable listener = () -> {};

    MeasuredDelay(WorkflowClient client, WorkerDelay workers) {
        super("overload-watch");
        this.client = client;
        this.workers = workers;
    }

    @Override
    public Duration now() {
        return delay;
    }

    /** Calls this after each look, so that what follows from it is also seen while nobody posts. */
    void afterEachLook(Runnable listening) {
        listener = listening;
    }

    @Override
    protected Duration look() {
        Duration own = workers.sinceLastLook();
        Duration shared = inQueue();
        delay = own.compareTo(shared) > 0 ? own : shared;
        listener.run();
        return PAUSE;
    }

    /** While Temporal does not answer, nothing can be posted either. */
    private Duration inQueue() {
        try {
            TaskQueueStats stats = client.getWorkflowServiceStubs()
                    .blockingStub()
                    .withDeadlineAfter(DEADLINE_MILLIS, MILLISECONDS)
                    .describeTaskQueue(DescribeTaskQueueRequest.newBuilder()
                            .setNamespace(client.getOptions().getNamespace())
                            .setTaskQueue(TaskQueue.newBuilder().setName(TaskQueues.EVENTS))
                            .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
                            .setReportStats(true)
                            .build())
                    .getStats();
            Duration age = Duration.ofSeconds(
                    stats.getApproximateBacklogAge().getSeconds(),
                    stats.getApproximateBacklogAge().getNanos());
            return backlog.seen(stats.getApproximateBacklogCount(), age, System.nanoTime());
        } catch (StatusRuntimeException away) {
            log.debug("event=overload.unseen", away);
            return Duration.ZERO;
        }
    }
}
