package dev.lightning.providers.runtime.azure;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import com.azure.storage.blob.sas.BlobSasPermission;
import dev.lightning.providers.runtime.azure.MachineSlot.State;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One blob for each machine that serves several, {@code <instance>.machines/<machine>}, which says whom it serves now.
 *
 * <p>Nobody changes one without having seen what it says: of two who want a free machine one gets it, and a machine that
 * goes is not given away at the same moment. It is there before the machine is, and goes after it.
 */
public final class MachineSlots {
    private final BlobContainerClient container;
    private final String folder;
    private final RunSignatures signatures;
    private final BlobTrouble trouble;
    private final Clock clock;

    MachineSlots(
            BlobContainerClient container,
            String instance,
            RunSignatures signatures,
            BlobTrouble trouble,
            Clock clock) {
        this.container = container;
        this.folder = instance + ".machines/";
        this.signatures = signatures;
        this.trouble = trouble;
        this.clock = clock;
    }

    /** All machines of this instance. */
    public List<String> machines() {
        return trouble.find(() -> container.listBlobs(new ListBlobsOptions().setPrefix(folder), null).stream()
                        .map(BlobItem::getName)
                        .map(name -> name.substring(folder.length()))
                        .toList())
                .orElse(List.of());
    }

    public Optional<MachineSlot> find(String machine) {
        return trouble.find(() -> {
            var answer = blob(machine).downloadContentWithResponse(null, null, null, Context.NONE);
            return MachineSlot.read(
                    machine,
                    answer.getValue().toString(),
                    answer.getDeserializedHeaders().getETag());
        });
    }

    /** A link by which the machine reads and changes its own, good for as long as those of a run with this lifetime. */
    public String link(String machine, Duration lifetime) {
        return trouble.tell(() -> signatures.sign(blob(machine), BlobSasPermission.parse("rw"), lifetime));
    }

    /** Makes that of a machine which is about to be ordered, for its first run. */
    public void open(String machine, String run, String environment) {
        boolean _ = trouble.once(
                () -> write(machine, busy(run) + environment, new BlobRequestConditions().setIfNoneMatch("*")));
    }

    /** Gives a free machine its next run; false where somebody was quicker. */
    public boolean occupy(MachineSlot seen, String run, String environment) {
        return change(seen, busy(run) + environment);
    }

    /** Lets nobody take it any more; false where it has changed since it was seen. */
    public boolean close(MachineSlot seen) {
        return seen.isClosed() || change(seen, MachineSlot.write(State.CLOSED, "", clock.instant()));
    }

    /** Only when the machine and all that belongs to it is gone. */
    public void remove(String machine) {
        boolean _ = trouble.tell(() -> blob(machine).deleteIfExists());
    }

    private String busy(String run) {
        return MachineSlot.write(State.BUSY, run, clock.instant());
    }

    private boolean change(MachineSlot seen, String text) {
        return trouble.once(() -> write(seen.machine(), text, new BlobRequestConditions().setIfMatch(seen.mark())));
    }

    private void write(String machine, String text, BlobRequestConditions conditions) {
        blob(machine)
                .uploadWithResponse(
                        new BlobParallelUploadOptions(BinaryData.fromString(text)).setRequestConditions(conditions),
                        null,
                        Context.NONE);
    }

    private BlobClient blob(String machine) {
        return container.getBlobClient(folder + machine);
    }
}
