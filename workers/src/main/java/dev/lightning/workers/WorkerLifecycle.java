package dev.lightning.workers;

import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the workers as soon as Temporal is there, however late that is, and on stop lets them finish.
 *
 * <p>The SDK's factory fails when Temporal is away at its start and cannot be started twice, hence a fresh one per
 * attempt; and its own Spring integration does not wait for running activities, hence the waiting here.
 */
public final class WorkerLifecycle implements SmartLifecycle {
    /** After the web server has stopped (its phases are higher), before whoever owns Temporal stops it. */
    public static final int PHASE = DEFAULT_PHASE - 4096;

    private static final Logger log = LoggerFactory.getLogger(WorkerLifecycle.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration WORTH_TELLING = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final WorkflowClient client;
    private final WorkerPools pools;
    private final WorkerSettings settings;
    private CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable Thread starter;
    private volatile @Nullable WorkerFactory factory;

    public WorkerLifecycle(WorkflowClient client, WorkerPools pools, WorkerSettings settings) {
        this.client = client;
        this.pools = pools;
        this.settings = settings;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public synchronized void start() {
        stopping = new CountDownLatch(1);
        starter = Thread.ofPlatform().name("workers-start").start(this::startWhenPossible);
    }

    @Override
    public synchronized boolean isRunning() {
        return starter != null;
    }

    @Override
    public synchronized void stop() {
        stopping.countDown();
        join(starter);
        starter = null;
        if (factory != null) {
            drain(factory);
            factory = null;
        }
    }

    private void startWhenPossible() {
        Instant since = Instant.now();
        Duration pause = FIRST_PAUSE;
        boolean told = false;
        while (stopping.getCount() > 0 && !startOnce()) {
            if (!told && since.plus(WORTH_TELLING).isBefore(Instant.now())) {
                log.info("event=workers.waiting reason=\"Temporal cannot be reached\"");
                told = true;
            }
            pause(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private boolean startOnce() {
        WorkerFactory attempt = null;
        try {
            requireTemporal();
            attempt = newFactory();
            attempt.start();
            factory = attempt;
            log.info("event=workers.started queues={}", pools.queues());
            return true;
        } catch (RuntimeException unreachable) {
            if (attempt != null) {
                attempt.shutdownNow();
            }
            log.debug("event=workers.start.failed", unreachable);
            return false;
        }
    }

    /** Asked first with a deadline of our own, because the factory's start would try for minutes without a word. */
    private void requireTemporal() {
        client.getWorkflowServiceStubs()
                .blockingStub()
                .withDeadlineAfter(2, TimeUnit.SECONDS)
                .describeNamespace(DescribeNamespaceRequest.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .build());
    }

    private WorkerFactory newFactory() {
        WorkerFactory created = WorkerFactory.newInstance(
                client,
                WorkerFactoryOptions.newBuilder()
                        .setWorkflowCacheSize(settings.workflowCache())
                        .setMaxWorkflowThreadCount(settings.workflowCache() * 2)
                        .setUsingVirtualWorkflowThreads(false)
                        .build());
        pools.pools()
                .forEach(pool ->
                        pool.registerWith(created.newWorker(pool.queue(), PoolOptions.of(pool.queue(), settings))));
        return created;
    }

    /** Stops polling and waits for what is running; what takes too long is interrupted and Temporal hands it over. */
    private void drain(WorkerFactory running) {
        running.shutdown();
        running.awaitTermination(settings.stopTimeout().toMillis(), TimeUnit.MILLISECONDS);
        if (running.isTerminated()) {
            log.info("event=workers.stopped");
            return;
        }
        log.warn("event=workers.interrupted waited={}", settings.stopTimeout());
        running.shutdownNow();
        running.awaitTermination(2, TimeUnit.SECONDS);
    }

    private void pause(Duration pause) {
        try {
            if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("event=workers.start.abandoned");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }

    private static void join(@Nullable Thread thread) {
        if (thread == null) {
            return;
        }
        try {
            thread.interrupt();
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
