package dev.lightning.providers.runtime.vm;

import com.azure.core.http.HttpPipeline;
import dev.lightning.providers.azure.AzureCredentials;
import dev.lightning.providers.runtime.FileReader;
import dev.lightning.providers.runtime.KnownRun;
import dev.lightning.providers.runtime.OutputPosition;
import dev.lightning.providers.runtime.OutputReader;
import dev.lightning.providers.runtime.RunRequest;
import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.runtime.ToolRuntime;
import dev.lightning.providers.runtime.azure.ArmAccess;
import dev.lightning.providers.runtime.azure.ArmCalls;
import dev.lightning.providers.runtime.azure.ArmOperations;
import dev.lightning.providers.runtime.azure.ArmRefusal;
import dev.lightning.providers.runtime.azure.ArmSettings;
import dev.lightning.providers.runtime.azure.ArmTrouble;
import dev.lightning.providers.runtime.azure.EndWatch;
import dev.lightning.providers.runtime.azure.RunBlobs;
import dev.lightning.providers.runtime.azure.RunTags;
import dev.lightning.providers.runtime.azure.Sightings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs on machines of Azure, each on one that is its alone meanwhile; the machine tells by blobs what it does, and has no door. */
public final class VmRuntime implements ToolRuntime {
    static final String KIND = "vm";

    private static final Logger log = LoggerFactory.getLogger(VmRuntime.class);
    private static final EndWatch END = new EndWatch(Duration.ofMillis(200), Duration.ofSeconds(2));
    private static final Duration SIGHTING = Duration.ofSeconds(15);
    private static final Duration STOPPING = Duration.ofSeconds(30);

    private final Machines machines;
    private final Parts parts;
    private final RunBlobs blobs;
    private final Sightings sightings;
    private final Carriers carriers;
    private final MachineStart starting;
    private final MachineReading reading;
    private final MachineRemoval removal;

    /**
     * Connects to nothing yet.
     *
     * @param instance by which we know our machines from another installation's in one resource group
     * @param blobs of the same instance
     */
    public VmRuntime(
            String instance,
            ArmSettings arm,
            VmRuntimeSettings settings,
            RunBlobs blobs,
            AzureCredentials credentials,
            Clock clock) {
        this(instance, arm, settings, blobs, credentials, clock, SIGHTING);
    }

    VmRuntime(
            String instance,
            ArmSettings arm,
            VmRuntimeSettings settings,
            RunBlobs blobs,
            AzureCredentials credentials,
            Clock clock,
            Duration sighting) {
        if (settings.subnets().size() > arm.locations().size()) {
            throw new IllegalArgumentException("AZURE_VM_SUBNET_ID has more subnets than AZURE_LOCATION has regions");
        }
        HttpPipeline pipeline = ArmAccess.pipeline(arm, credentials);
        ArmTrouble trouble = new ArmTrouble(arm, clock);
        ArmCalls calls = new ArmCalls(trouble);
        this.machines = new Machines(arm, pipeline, instance, calls, new ArmOperations(arm, pipeline, trouble));
        this.parts = new Parts(arm, pipeline, instance, calls);
        this.blobs = blobs;
        this.sightings = new Sightings(sighting);
        this.carriers = new Carriers(blobs);
        this.starting = new MachineStart(arm, settings, instance, machines, blobs, clock);
        this.reading = new MachineReading(machines, carriers, blobs, trouble, clock, sightings);
        this.removal = new MachineRemoval(machines, parts, blobs, settings.warm(), clock);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void start(RunRequest request) {
        boolean _ = told(() -> {
            starting.start(request);
            return true;
        });
    }

    @Override
    public RunStatus status(String name) {
        return told(() -> reading.status(name));
    }

    @Override
    public RunStatus awaitEnd(String name, Duration patience) throws InterruptedException {
        return END.await(patience, () -> status(name));
    }

    /**
     * Tells the machine, which ends the program and hands over what it has said; one that does not do so is switched off.
     */
    @Override
    public void stop(String name) {
        boolean _ = told(() -> {
            RunStatus before = reading.status(name);
            if (before.isOpen()) {
                blobs.stop(name);
                sightings.forget(name);
                log.info("event=run.stopped run={}", name);
            }
            if (before instanceof RunStatus.Running && awaitEndQuietly(name).isOpen()) {
                carriers.of(name).ifPresent(machines::switchOff);
                log.warn("event=machine.switched.off run={}", name);
            }
            return true;
        });
    }

    private RunStatus awaitEndQuietly(String name) {
        try {
            return awaitEnd(name, STOPPING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new RunStatus.Missing();
        }
    }

    @Override
    public Optional<Duration> remove(String name) {
        sightings.forget(name);
        return told(() -> removal.remove(name));
    }

    @Override
    public void output(String name, OutputReader reader) throws IOException {
        blobs.reading().output(name, reader);
    }

    @Override
    public RunStatus follow(String name, OutputPosition from, OutputReader reader)
            throws IOException, InterruptedException {
        return blobs.reading().follow(name, from, reader, () -> status(name));
    }

    @Override
    public void files(String name, long maxBytes, FileReader reader) throws IOException {
        blobs.reading().files(name, maxBytes, reader);
    }

    /**
     * Machines, their disks, cards and addresses, also without a machine, and blobs. What serves several is looked after
     * by {@link #endOverdue}, since it may be there without a run.
     */
    @Override
    public List<KnownRun> runs() {
        return told(() -> {
            Map<String, KnownRun> runs = new LinkedHashMap<>();
            Stream<KnownRun> tagged = parts.all().stream()
                    .filter(part -> RunTags.machine(part.tags()).isEmpty())
                    .map(part -> RunTags.run(part.tags()));
            Stream.concat(tagged, blobs.runs(KIND).stream()).forEach(run -> runs.putIfAbsent(run.name(), run));
            return List.copyOf(runs.values());
        });
    }

    @Override
    public void endOverdue() {
        boolean _ = told(() -> {
            removal.sweep();
            return true;
        });
    }

    private static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (ArmRefusal refusal) {
            throw refusal.told();
        }
    }
}
