package dev.lightning.providers.runtime.aci;

import com.azure.resourcemanager.containerinstance.fluent.models.ContainerGroupInner;
import dev.lightning.providers.azure.AzureCredentials;
import dev.lightning.providers.runtime.FileReader;
import dev.lightning.providers.runtime.KnownRun;
import dev.lightning.providers.runtime.OutputPosition;
import dev.lightning.providers.runtime.OutputReader;
import dev.lightning.providers.runtime.RunRequest;
import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.runtime.ToolRuntime;
import dev.lightning.providers.runtime.azure.ArmRefusal;
import dev.lightning.providers.runtime.azure.ArmSettings;
import dev.lightning.providers.runtime.azure.EndWatch;
import dev.lightning.providers.runtime.azure.RunBlobs;
import dev.lightning.providers.runtime.azure.RunReading;
import dev.lightning.providers.runtime.azure.RunTags;
import dev.lightning.providers.runtime.azure.Sightings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs in container groups of Azure, one each, which report through blobs.
 *
 * <p>What a group cannot be held to: the number of its processes, a file system that is only read, and a network that is
 * closed, for which the operator needs a subnet. An image needs {@code /bin/sh}, and a definition names its command,
 * because nobody here sees the image's own.
 */
public final class AciRuntime implements ToolRuntime {
    static final String KIND = "aci";

    private static final Logger log = LoggerFactory.getLogger(AciRuntime.class);

    private final Clock clock;
    private final Pace pace;
    private final Groups groups;
    private final RunBlobs blobs;
    private final RunReading reading;
    private final GroupOrder ordering;
    private final GroupJudgement judgement;
    private final Sightings sightings;

    /**
     * Connects to nothing yet.
     *
     * @param instance by which we know our groups from another installation's in one resource group
     * @param blobs of the same instance
     */
    public AciRuntime(
            String instance,
            ArmSettings azure,
            AciSettings settings,
            RunBlobs blobs,
            AzureCredentials credentials,
            Clock clock) {
        this(instance, azure, settings, blobs, credentials, clock, Pace.USUAL);
    }

    AciRuntime(
            String instance,
            ArmSettings azure,
            AciSettings settings,
            RunBlobs blobs,
            AzureCredentials credentials,
            Clock clock,
            Pace pace) {
        this.clock = clock;
        this.pace = pace;
        this.groups = new Groups(instance, azure, credentials, clock);
        this.blobs = blobs;
        this.reading = blobs.reading();
        this.ordering = new GroupOrder(instance, azure, settings, groups, blobs, clock);
        this.judgement = new GroupJudgement(groups, blobs, pace.coming(), clock);
        this.sightings = new Sightings(pace.sighting());
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void start(RunRequest request) {
        tell(() -> {
            ordering.place(request);
            return true;
        });
    }

    /** Asks the blobs first, which cost next to nothing; Azure's Resource Manager only from time to time. */
    @Override
    public RunStatus status(String name) {
        return tell(() -> {
            Optional<RunStatus> end = blobs.outcome(name);
            if (end.isPresent()) {
                return end.get();
            }
            Optional<RunStatus> running = blobs.started(name).map(RunStatus.Running::new);
            if (running.isPresent() && sightings.isFresh(name)) {
                return running.get();
            }
            Optional<ContainerGroupInner> group = groups.find(name);
            RunStatus status = group.<RunStatus>map(found -> judgement.of(name, new GroupStatus(found), running))
                    .orElseGet(RunStatus.Missing::new);
            if (status instanceof RunStatus.Running) {
                sightings.saw(name);
            }
            return status;
        });
    }

    @Override
    public RunStatus awaitEnd(String name, Duration patience) throws InterruptedException {
        return new EndWatch(pace.end(), pace.end()).await(patience, () -> status(name));
    }

    /** The agent ends the program, so that its last words are handed over; where it does not, the whole group is ended. */
    @Override
    public void stop(String name) {
        tell(() -> {
            if (blobs.end(name).isPresent() || groups.find(name).isEmpty()) {
                return false;
            }
            blobs.stop(name);
            boolean began = blobs.started(name).isPresent();
            if (began && !endsBy(name, System.nanoTime() + pace.goodbye().toNanos())) {
                groups.stop(name);
            }
            sightings.forget(name);
            log.info("event=run.stopped run={}", name);
            return true;
        });
    }

    private boolean endsBy(String name, long until) {
        boolean ended = blobs.end(name).isPresent();
        while (!ended && System.nanoTime() < until && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(Math.min(pace.end().toNanos(), Math.max(1, until - System.nanoTime())));
            ended = blobs.end(name).isPresent();
        }
        return ended;
    }

    /** The blobs go last: an agent that is still there would write them again. */
    @Override
    public Optional<Duration> remove(String name) {
        return tell(() -> {
            sightings.forget(name);
            Optional<ContainerGroupInner> group = groups.find(name);
            if (group.isPresent() && !new GroupStatus(group.get()).isGoing()) {
                if (!delete(name)) {
                    return Optional.of(pace.going());
                }
                group = groups.find(name);
            }
            if (group.isPresent()) {
                return Optional.of(pace.going());
            }
            blobs.remove(name);
            log.info("event=run.removed run={}", name);
            return Optional.empty();
        });
    }

    /** Whether the deletion goes on by itself; a group that is busy has to be asked again. */
    private boolean delete(String name) {
        try {
            groups.delete(name);
            return true;
        } catch (ArmRefusal refusal) {
            if (refusal.kind() == ArmRefusal.Kind.BUSY) {
                log.info("event=run.remove.later run={}", name);
                return false;
            }
            throw refusal;
        }
    }

    @Override
    public void output(String name, OutputReader reader) throws IOException {
        reading.output(name, reader);
    }

    @Override
    public RunStatus follow(String name, OutputPosition from, OutputReader reader)
            throws IOException, InterruptedException {
        return reading.follow(name, from, reader, () -> status(name));
    }

    @Override
    public void files(String name, long maxBytes, FileReader reader) throws IOException {
        reading.files(name, maxBytes, reader);
    }

    @Override
    public List<KnownRun> runs() {
        return tell(() -> {
            Map<String, KnownRun> runs = new LinkedHashMap<>();
            Stream.concat(groups.all().stream().map(group -> RunTags.run(group.tags())), blobs.runs(KIND).stream())
                    .forEach(run -> runs.putIfAbsent(run.name(), run));
            return List.copyOf(runs.values());
        });
    }

    @Override
    public void endOverdue() {
        boolean _ = tell(() -> {
            groups.all().stream()
                    .map(ContainerGroupInner::tags)
                    .filter(tags -> RunTags.deadline(tags).isBefore(clock.instant()))
                    .forEach(tags -> groups.stop(RunTags.run(tags).name()));
            return true;
        });
    }

    private static <T> T tell(Supplier<T> work) {
        try {
            return work.get();
        } catch (ArmRefusal refusal) {
            throw refusal.told();
        }
    }
}
