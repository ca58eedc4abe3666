package dev.lightning.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lightning.providers.testing.RealTemporal;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WorkerLifecycleTest {
    private static RealTemporal temporal;

    private final String queue = "test-" + UUID.randomUUID();
    private final SlowActivitiesImpl slow = new SlowActivitiesImpl();

    @WorkflowInterface
    public interface PatientWorkflow {
        @WorkflowMethod
        void run();
    }

    public static final class PatientWorkflowImpl implements PatientWorkflow {
        private final SlowActivities slow = Workflow.newActivityStub(
                SlowActivities.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofMinutes(1))
                        .build());

        @Override
        public void run() {
            slow.work();
        }
    }

    @ActivityInterface
    public interface SlowActivities {
        void work();
    }

    /** Works until it is told to finish. */
    public static final class SlowActivitiesImpl implements SlowActivities {
        private final CountDownLatch started = new CountDownLatch(1);
        private final CountDownLatch mayFinish = new CountDownLatch(1);
        private final CompletableFuture<String> end = new CompletableFuture<>();

        @Override
        public void work() {
            started.countDown();
            try {
                mayFinish.await();
                end.complete("finished on " + (Thread.currentThread().isVirtual() ? "virtual" : "platform"));
            } catch (InterruptedException interrupted) {
                end.complete("interrupted");
            }
        }
    }

    @BeforeAll
    static void start() {
        temporal = RealTemporal.start(List.of());
    }

    @AfterAll
    static void close() {
        if (temporal != null) {
            temporal.close();
        }
    }

    @AfterEach
    void finish() {
        slow.mayFinish.countDown();
    }

    @Test
    void a_stop_waits_for_running_activities_which_run_on_virtual_threads() throws Exception {
        WorkerLifecycle lifecycle = lifecycle(client(), Duration.ofMinutes(1));
        lifecycle.start();
        startWork();

        CompletableFuture<Void> stop = CompletableFuture.runAsync(lifecycle::stop, Thread::startVirtualThread);

        await().during(Duration.ofMillis(500)).until(() -> !stop.isDone());
        slow.mayFinish.countDown();
        stop.get(20, TimeUnit.SECONDS);
        assertThat(slow.end).isCompletedWithValue("finished on virtual");
        assertThat(lifecycle.isRunning()).isFalse();
    }

    @Test
    void a_stop_interrupts_what_takes_longer_than_it_may() throws Exception {
        WorkerLifecycle lifecycle = lifecycle(client(), Duration.ofMillis(200));
        lifecycle.start();
        startWork();

        lifecycle.stop();

        assertThat(slow.end.get(10, TimeUnit.SECONDS)).isEqualTo("interrupted");
    }

    @Test
    void it_starts_and_stops_quietly_while_temporal_is_away() throws Exception {
        WorkflowServiceStubs nobody = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget("127.0.0.1:" + freePort())
                .build());
        WorkerLifecycle lifecycle = lifecycle(WorkflowClient.newInstance(nobody), Duration.ofMinutes(1));

        lifecycle.start();
        assertThat(lifecycle.isRunning()).isTrue();
        CompletableFuture.runAsync(lifecycle::stop, Thread::startVirtualThread).get(10, TimeUnit.SECONDS);

        assertThat(lifecycle.isRunning()).isFalse();
        nobody.shutdownNow();
    }

    private static WorkflowClient client() {
        return WorkflowClient.newInstance(temporal.stubs());
    }

    private WorkerLifecycle lifecycle(WorkflowClient client, Duration stopTimeout) {
        WorkerPools pools = new WorkerPools(List.of(new WorkerPool(
                queue,
                List.of(new WorkerPool.Story<>(PatientWorkflow.class, PatientWorkflowImpl::new)),
                List.of(slow))));
        return new WorkerLifecycle(
                client, pools, new WorkerSettings(List.of(), "lightning-events", 10, 10, 10, 0, stopTimeout));
    }

    private void startWork() throws InterruptedException {
        PatientWorkflow workflow = client().newWorkflowStub(
                        PatientWorkflow.class,
                        WorkflowOptions.newBuilder().setTaskQueue(queue).build());
        WorkflowClient.start(workflow::run);
        assertThat(slow.started.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
