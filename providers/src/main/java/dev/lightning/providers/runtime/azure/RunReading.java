package dev.lightning.providers.runtime.azure;

import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobStorageException;
import dev.lightning.providers.runtime.FileReader;
import dev.lightning.providers.runtime.OutputArchive;
import dev.lightning.providers.runtime.OutputPosition;
import dev.lightning.providers.runtime.OutputReader;
import dev.lightning.providers.runtime.OutputReader.Channel;
import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads what the agent of a run has handed over so far, a bounded piece at a time. */
public final class RunReading {
    private static final int AT_ONCE = 1 << 20;
    private static final int PIECE = 64 << 10;
    private static final int NOTHING_THERE = 416;
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final byte[] NOTHING = {};

    private final RunBlobs blobs;
    private final BlobTrouble trouble;

    RunReading(RunBlobs blobs, BlobTrouble trouble) {
        this.blobs = blobs;
        this.trouble = trouble;
    }

    /** As the port says. */
    public void output(String name, OutputReader reader) throws IOException {
        new Pass(name, OutputPosition.START, reader).on();
    }

    /** As the port says; looks at the run before its output, since what has ended then has handed over everything. */
    public RunStatus follow(String name, OutputPosition from, OutputReader reader, Supplier<RunStatus> look)
            throws IOException, InterruptedException {
        try {
            return followUntilEnd(new Pass(name, from, reader), look);
        } catch (RuntimeUnavailableException away) {
            Interruption.check(away);
            throw away;
        }
    }

    private static RunStatus followUntilEnd(Pass pass, Supplier<RunStatus> look)
            throws IOException, InterruptedException {
        while (true) {
            RunStatus status = look.get();
            boolean news = pass.on();
            if (pass.enough) {
                return look.get();
            }
            if (!status.isOpen() && !news) {
                return status;
            }
            Thread.sleep(news ? Duration.ZERO : LOOK);
        }
    }

    /** As the port says. */
    public void files(String name, long maxBytes, FileReader reader) throws IOException {
        Optional<InputStream> archive =
                trouble.find(() -> blobs.blob(name, RunPart.FILES).openInputStream());
        if (archive.isPresent()) {
            try (InputStream tar = archive.get()) {
                OutputArchive.read(tar, maxBytes, reader);
            }
        }
        int leftOut = blobs.report(name).map(RunReport::leftOut).orElse(0);
        if (leftOut > 0) {
            reader.leaveOut(leftOut);
        }
    }

    private byte[] read(BlobClient blob, long position) {
        return trouble.tell(() -> {
            try {
                return blob.downloadContentWithResponse(
                                null, null, new BlobRange(position, (long) AT_ONCE), false, null, Context.NONE)
                        .getValue()
                        .toBytes();
            } catch (BlobStorageException e) {
                if (e.getStatusCode() == NOTHING_THERE || BlobTrouble.isAbsent(e)) {
                    return NOTHING;
                }
                throw e;
            }
        });
    }

    /** One reader's way through both channels. */
    private final class Pass {
        private final String name;
        private final OutputReader reader;
        private OutputPosition reached;
        private boolean enough;

        Pass(String name, OutputPosition from, OutputReader reader) {
            this.name = name;
            this.reached = from;
            this.reader = reader;
        }

        /** Hands over what there is by now; true if that was anything. */
        boolean on() throws IOException {
            boolean news = false;
            for (Channel channel : Channel.values()) {
                if (reached.of(channel) != OutputPosition.ALL) {
                    news |= on(channel);
                }
            }
            return news;
        }

        private boolean on(Channel channel) throws IOException {
            BlobClient blob = blobs.blob(name, channel == Channel.STDOUT ? RunPart.STDOUT : RunPart.STDERR);
            boolean news = false;
            byte[] read;
            do {
                read = enough ? NOTHING : read(blob, reached.of(channel));
                for (int at = 0; at < read.length && !enough; at += PIECE) {
                    byte[] piece = Arrays.copyOfRange(read, at, Math.min(read.length, at + PIECE));
                    reached = reached.with(channel, reached.of(channel) + piece.length);
                    enough = !reader.take(channel, piece);
                    news = true;
                }
            } while (read.length == AT_ONCE && !enough);
            return news;
        }
    }
}
