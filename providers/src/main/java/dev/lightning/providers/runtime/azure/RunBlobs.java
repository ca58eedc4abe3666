package dev.lightning.providers.runtime.azure;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.DeleteSnapshotsOptionType;
import com.azure.storage.blob.models.LeaseStateType;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.AppendBlobCreateOptions;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import dev.lightning.providers.azure.AzureAccount;
import dev.lightning.providers.azure.AzureCredentials;
import dev.lightning.providers.runtime.KnownRun;
import dev.lightning.providers.runtime.RunRequest;
import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import dev.lightning.providers.runtime.WorkspaceArchive;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The blobs by which a run is told what to do and reports what it did: {@code <instance>/<run>/<part>} in one container.
 *
 * <p>The order is written before anything is bought and goes last, so that whatever is left of a run is found by it.
 */
public final class RunBlobs {
    static final String WORKSPACE = "workspace";

    private static final JsonMapper JSON = new JsonMapper();
    private final String instance;
    private final Clock clock;
    private final BlobTrouble trouble;
    private final BlobContainerClient container;
    private final RunSignatures signatures;
    private volatile boolean made;

    /**
     * Connects to nothing yet. The account has to be one of a connection string with its key, or of an identity.
     *
     * @param instance by which we know our runs from another installation's in one account
     */
    public RunBlobs(
            AzureAccount account, AzureCredentials credentials, String container, String instance, Clock clock) {
        this.instance = instance;
        this.clock = clock;
        this.trouble = new BlobTrouble(account.shown());
        this.signatures = new RunSignatures(account, credentials, clock);
        this.container = signatures.service().getBlobContainerClient(container);
    }

    /** Reads what runs have written. */
    public RunReading reading() {
        return new RunReading(this, trouble);
    }

    /** What machines that serve several are told. */
    public MachineSlots slots() {
        return new MachineSlots(container, instance, signatures, trouble, clock);
    }

    /** How long a run can be served: signatures of an identity end after 7 days. */
    public Duration longestLifetime() {
        return signatures.longest();
    }

    /** What was ordered under this name, or else what this says from now on. */
    public RunOrder order(String name, RunOrder fresh) {
        makeContainer();
        return order(name).orElseGet(() -> {
            var absent = new BlobRequestConditions().setIfNoneMatch("*");
            return trouble.once(() -> write(name, fresh, absent))
                    ? fresh
                    : order(name).orElse(fresh);
        });
    }

    public Optional<RunOrder> order(String name) {
        return text(name, RunPart.ORDER).map(json -> JSON.readValue(json, RunOrder.class));
    }

    /** Uploads what the program is given, and makes what it reports into; whole, and again if need be. */
    public void fill(RunRequest request) {
        String name = request.name();
        trouble.tell(() -> blob(name, RunPart.INPUT).upload(BinaryData.fromString(request.input()), true));
        if (request.workspace() != null) {
            try (InputStream archive = WorkspaceArchive.of(request.workspace(), WORKSPACE)) {
                trouble.tell(() -> blob(name, RunPart.WORKSPACE).upload(archive, true));
            } catch (IOException e) {
                throw new RuntimeUnavailableException("The workspace cannot be read; see that the disk has room", e);
            }
        }
        for (RunPart channel : List.of(RunPart.STDOUT, RunPart.STDERR)) {
            boolean _ = trouble.once(() -> blob(name, channel)
                    .getAppendBlobClient()
                    .createIfNotExistsWithResponse(new AppendBlobCreateOptions(), null, Context.NONE));
        }
    }

    /** Uploads what a machine is to run; where containers run, their group says it. */
    public void job(String name, String script) {
        trouble.tell(() -> blob(name, RunPart.JOB).upload(BinaryData.fromString(script), true));
    }

    /** Signs the links that the agent gets, good until somewhat after the end of the run's lifetime. */
    public RunLinks links(String name, Duration lifetime) {
        return trouble.tell(() -> signatures.sign(part -> blob(name, part), lifetime));
    }

    /** Buys something as the only one: whoever else would do so at the same time has to come again. */
    public Ordering ordering(String name) {
        var lease = new BlobLeaseClientBuilder()
                .blobClient(blob(name, RunPart.ORDER))
                .buildClient();
        return OrderLease.take(
                name, lease, trouble, () -> over(name), (order, conditions) -> write(name, order, conditions));
    }

    /** Who orders begins by saying so in the order; until it has, all the time there is lies before it. */
    private Instant over(String name) {
        Instant now = clock.instant();
        return order(name)
                .map(order -> order.placedAt().plus(OrderLease.LENGTH))
                .filter(now::isBefore)
                .orElse(now.plus(OrderLease.LENGTH));
    }

    /** Whether somebody is just ordering it, or died doing so less than a minute ago. */
    public boolean isBeingOrdered(String name) {
        return trouble.find(() -> blob(name, RunPart.ORDER).getProperties().getLeaseState())
                .filter(LeaseStateType.LEASED::equals)
                .isPresent();
    }

    /** The time in which one of us alone orders. */
    public interface Ordering extends AutoCloseable {
        /** Says where it is being ordered now, and has all the time there is for the one request that orders it there. */
        void record(RunOrder order);

        /** Nobody knows whether the last request was heard: nobody is to make another until that must have shown. */
        void doubt();

        @Override
        void close();
    }

    /** How the run ended, once the agent has said so; everything else has arrived before. */
    public Optional<RunStatus.Ended> end(String name) {
        return report(name).map(report -> ended(report, order(name)));
    }

    /** The same, where spot capacity may have been taken away from the run: nobody but Azure ends it from outside then. */
    public Optional<RunStatus> outcome(String name) {
        return report(name).map(report -> {
            Optional<RunOrder> order = order(name);
            boolean taken = report.taken() && order.filter(RunOrder::spot).isPresent() && !isStopped(name);
            return taken
                    ? new RunStatus.Interrupted("Azure took the spot capacity of the run away")
                    : ended(report, order);
        });
    }

    private static RunStatus.Ended ended(RunReport report, Optional<RunOrder> order) {
        return report.status(
                order.map(ordered -> ordered.usage(report.endedAt())).orElse(null));
    }

    Optional<RunReport> report(String name) {
        return text(name, RunPart.END).map(text -> RunReport.read(text, clock.instant()));
    }

    /** When the program began, once the agent has said so. */
    public Optional<Instant> started(String name) {
        return text(name, RunPart.STARTED).map(text -> RunReport.instant(text, clock.instant()));
    }

    /** Tells the agent to end the program. */
    public void stop(String name) {
        trouble.tell(() -> blob(name, RunPart.STOP).upload(BinaryData.fromString("stop"), true));
    }

    public boolean isStopped(String name) {
        return trouble.find(() -> blob(name, RunPart.STOP).getProperties()).isPresent();
    }

    /** Deletes all there is; only when nobody can write any more. */
    public void remove(String name) {
        trouble.find(() -> {
            listed(prefix(name)).forEach(item -> {
                if (!item.getName().endsWith("/" + RunPart.ORDER.blob())) {
                    container.getBlobClient(item.getName()).deleteIfExists();
                }
            });
            return true;
        });
        boolean whole = trouble.once(() -> delete(blob(name, RunPart.ORDER)));
        if (!whole) {
            var lease = new BlobLeaseClientBuilder()
                    .blobClient(blob(name, RunPart.ORDER))
                    .buildClient();
            trouble.tell(() -> lease.breakLeaseWithResponse(0, null, null, Context.NONE));
            trouble.tell(() -> delete(blob(name, RunPart.ORDER)));
        }
    }

    private static void delete(BlobClient blob) {
        blob.deleteIfExistsWithResponse(DeleteSnapshotsOptionType.INCLUDE, null, null, Context.NONE);
    }

    /** Whatever of this instance has blobs and is not known to be another runtime's, whose it is to remove. */
    public List<KnownRun> runs(String runtime) {
        List<String> names = trouble.find(() ->
                        container
                                .listBlobsByHierarchy("/", new ListBlobsOptions().setPrefix(instance + "/"), null)
                                .stream()
                                .filter(item -> Boolean.TRUE.equals(item.isPrefix()))
                                .map(BlobItem::getName)
                                .map(path -> path.substring(instance.length() + 1, path.length() - 1))
                                .toList())
                .orElse(List.of());
        return names.stream().flatMap(name -> known(name, runtime).stream()).toList();
    }

    /** One whose order is gone is half removed, when its machine had gone before; nobody looks after it any more. */
    private Optional<KnownRun> known(String name, String runtime) {
        Optional<RunOrder> order = order(name);
        return order.isEmpty()
                ? Optional.of(new KnownRun(name, "", Instant.EPOCH))
                : order.filter(made -> made.mayBeOf(runtime))
                        .map(made -> new KnownRun(name, made.workflowId(), made.createdAt()));
    }

    private List<BlobItem> listed(String prefix) {
        return container.listBlobs(new ListBlobsOptions().setPrefix(prefix), null).stream()
                .toList();
    }

    BlobClient blob(String name, RunPart part) {
        return container.getBlobClient(prefix(name) + part.blob());
    }

    private String prefix(String name) {
        return instance + "/" + name + "/";
    }

    private Optional<String> text(String name, RunPart part) {
        return trouble.find(() -> blob(name, part).downloadContent().toString());
    }

    private void write(String name, RunOrder order, @Nullable BlobRequestConditions conditions) {
        blob(name, RunPart.ORDER)
                .uploadWithResponse(
                        new BlobParallelUploadOptions(BinaryData.fromString(JSON.writeValueAsString(order)))
                                .setRequestConditions(conditions),
                        null,
                        Context.NONE);
    }

    private void makeContainer() {
        if (!made) {
            trouble.tell(() -> container.createIfNotExists());
            made = true;
        }
    }
}
