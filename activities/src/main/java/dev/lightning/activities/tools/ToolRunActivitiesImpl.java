package dev.lightning.activities.tools;

import dev.lightning.activities.events.EventDocuments;
import dev.lightning.providers.runtime.PullPolicy;
import dev.lightning.providers.runtime.RunLabels;
import dev.lightning.providers.runtime.RunLimits;
import dev.lightning.providers.runtime.RunMachine;
import dev.lightning.providers.runtime.RunName;
import dev.lightning.providers.runtime.RunRejectedException;
import dev.lightning.providers.runtime.RunRequest;
import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import dev.lightning.providers.runtime.ToolRuntime;
import dev.lightning.providers.storage.StorageUnavailableException;
import dev.lightning.workflows.tools.Checkout;
import dev.lightning.workflows.tools.Machine;
import dev.lightning.workflows.tools.Observation;
import dev.lightning.workflows.tools.ToolFailure;
import dev.lightning.workflows.tools.ToolLimits;
import dev.lightning.workflows.tools.ToolOutput;
import dev.lightning.workflows.tools.ToolRunActivities;
import dev.lightning.workflows.tools.ToolRunOrder;
import dev.lightning.workflows.tools.ToolRunPolicy;
import dev.lightning.workflows.tools.ToolRunRef;
import dev.lightning.workflows.tools.ToolSpec;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what each kind of trouble with a runtime means for the run: try again or stop. */
public final class ToolRunActivitiesImpl implements ToolRunActivities {
    private static final Logger log = LoggerFactory.getLogger(ToolRunActivitiesImpl.class);
    private static final Duration GLANCE = Duration.ofSeconds(1);
    private static final String FILES_TROUBLE =
            "What the run has left cannot be kept or read now; see that the disk of the"
                    + " worker has room, and that its blobs can be reached";

    /** Knows the values that definitions keep out of histories. */
    @FunctionalInterface
    public interface SecretEnv {
        /** The values of the tool's {@link ToolSpec#secretEnv()}; one that is gone is left out. */
        Map<String, String> of(ToolSpec tool);
    }

    private final String instance;
    private final List<ToolRuntime> runtimes;
    private final SecretEnv secrets;
    private final Checkouts checkouts;
    private final EventDocuments documents;
    private final OutputCollector collector;

    /** Takes the name of this installation, by which it knows its own among what an engine runs. */
    public ToolRunActivitiesImpl(
            String instance,
            List<ToolRuntime> runtimes,
            SecretEnv secrets,
            Checkouts checkouts,
            EventDocuments documents,
            OutputCollector collector) {
        this.instance = instance;
        this.runtimes = List.copyOf(runtimes);
        this.secrets = secrets;
        this.checkouts = checkouts;
        this.documents = documents;
        this.collector = collector;
    }

    @Override
    public Observation provision(ToolRunOrder order, int interruptions) {
        ToolRunRef run = ToolRunRef.of(order);
        ToolRuntime runtime = runtime(run.runtime());
        return step("starting", () -> {
            start(runtime, order, interruptions);
            log.info("event=tool.started task={} runtime={}", run.workflowId(), run.runtime());
            return seen(runtime.status(name(run)));
        });
    }

    /** Sources are fetched only for a program that has not begun. */
    private void start(ToolRuntime runtime, ToolRunOrder order, int interruptions) throws InterruptedException {
        ToolRunRef run = ToolRunRef.of(order);
        Checkout checkout = order.tool().checkout();
        boolean begun = checkout != null
                && switch (runtime.status(name(run))) {
                    case RunStatus.Missing _, RunStatus.Created _ -> false;
                    case RunStatus.Provisioning _, RunStatus.Running _, RunStatus.Interrupted _, RunStatus.Ended _ ->
                        true;
                };
        if (checkout == null || begun) {
            runtime.start(request(order, interruptions, null));
            return;
        }
        try (Checkouts.Sources sources = checkouts.fetch(order.event().owner(), checkout)) {
            runtime.start(request(order, interruptions, sources.files()));
        }
    }

    @Override
    public Observation observe(ToolRunRef run, Duration patience) {
        ToolRuntime runtime = runtime(run.runtime());
        Instant enough = Instant.now().plus(patience);
        return step("running", () -> {
            RunStatus status = runtime.status(name(run));
            while (seen(status).alive() && Instant.now().isBefore(enough)) {
                status = runtime.awaitEnd(name(run), GLANCE);
            }
            return seen(status);
        });
    }

    @Override
    public void stop(ToolRunRef run) {
        ToolRuntime runtime = runtime(run.runtime());
        boolean _ = step("stopping", () -> {
            runtime.stop(name(run));
            log.info("event=tool.stopped task={}", run.workflowId());
            return true;
        });
    }

    @Override
    public ToolOutput collect(ToolRunOrder order) {
        ToolRunRef run = ToolRunRef.of(order);
        ToolRuntime runtime = runtime(run.runtime());
        return step("collecting", () -> collector.collect(order, runtime, name(run)));
    }

    @Override
    public @Nullable Duration remove(ToolRunRef run) {
        ToolRuntime runtime = runtime(run.runtime());
        return step("removing", () -> {
                    Optional<Duration> askAgain = runtime.remove(name(run));
                    log.info("event=tool.removed task={} complete={}", run.workflowId(), askAgain.isEmpty());
                    return askAgain;
                })
                .orElse(null);
    }

    private static <T> T step(String progress, Callable<T> work) {
        try {
            return Pulse.during(Activity.getExecutionContext(), progress, work);
        } catch (RunRejectedException rejected) {
            throw ApplicationFailure.newNonRetryableFailure(rejected.getMessage(), ToolFailure.REJECTED.type());
        } catch (RuntimeUnavailableException away) {
            log.warn("event=runtime.away reason={}", away.getMessage());
            throw unavailable(away);
        } catch (StorageUnavailableException away) {
            log.warn("event=store.away reason=\"{}\"", away.getMessage());
            throw ApplicationFailure.newFailure("The store cannot be reached", ToolFailure.UNAVAILABLE.type());
        } catch (UncheckedIOException trouble) {
            log.warn("event=files.trouble reason=\"{}\"", trouble.getMessage());
            throw ApplicationFailure.newFailure(FILES_TROUBLE, ToolFailure.UNAVAILABLE.type());
        }
    }

    /** A runtime that says how long it wants to be left alone is left alone for as long. */
    private static ApplicationFailure unavailable(RuntimeUnavailableException away) {
        ApplicationFailure.Builder failure =
                ApplicationFailure.newBuilder().setMessage(away.getMessage()).setType(ToolFailure.UNAVAILABLE.type());
        away.retryAfter().ifPresent(failure::setNextRetryDelay);
        return failure.build();
    }

    private RunRequest request(ToolRunOrder order, int interruptions, @Nullable Path workspace) {
        ToolRunRef run = ToolRunRef.of(order);
        ToolSpec tool = order.tool();
        Map<String, String> env = new HashMap<>(tool.env());
        env.putAll(secrets.of(tool));
        ToolLimits limits = tool.limits();
        return new RunRequest(
                name(run),
                new RunLabels(
                        run.workflowId(), tool.name(), order.event().owner().key()),
                interruptions,
                tool.image(),
                PullPolicy.valueOf(tool.pull().toUpperCase(Locale.ROOT)),
                tool.command(),
                env,
                documents.write(order.event()),
                new RunLimits(
                        limits.memoryBytes(),
                        limits.cpus(),
                        limits.pids(),
                        limits.outputBytes(),
                        ToolRunPolicy.lifetime(limits.timeout())),
                tool.network(),
                machine(tool.machine()),
                workspace);
    }

    private static RunMachine machine(@Nullable Machine wanted) {
        return wanted == null ? RunMachine.USUAL : new RunMachine(wanted.size(), wanted.spot(), wanted.reuse());
    }

    private String name(ToolRunRef run) {
        return RunName.of(instance, run.workflowId());
    }

    private ToolRuntime runtime(String kind) {
        return runtimes.stream()
                .filter(runtime -> runtime.kind().equals(kind))
                .findFirst()
                .orElseThrow(() -> ApplicationFailure.newFailure(
                        "This worker has no runtime " + kind, ToolFailure.UNAVAILABLE.type()));
    }

    private static Observation seen(RunStatus status) {
        return switch (status) {
            case RunStatus.Missing _ -> new Observation(false, null);
            case RunStatus.Provisioning provisioning -> Observation.provisioning(provisioning.askAgain());
            case RunStatus.Created _ -> new Observation(true, Instant.now());
            case RunStatus.Running running -> new Observation(true, running.startedAt());
            case RunStatus.Interrupted interrupted -> Observation.interrupted(interrupted.reason());
            case RunStatus.Ended ended -> new Observation(false, ended.startedAt());
        };
    }
}
