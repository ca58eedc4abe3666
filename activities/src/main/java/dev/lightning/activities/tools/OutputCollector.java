package dev.lightning.activities.tools;

import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.runtime.OutputReader.Channel;
import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.runtime.RunUsage;
import dev.lightning.providers.runtime.ToolRuntime;
import dev.lightning.workflows.tools.TaskBlobs;
import dev.lightning.workflows.tools.ToolOutput;
import dev.lightning.workflows.tools.ToolRunOrder;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps what a run wrote and left, and says it as its result event's metadata. A repeat overwrites with the same. */
public final class OutputCollector {
    /** How many files of a run are kept. */
    static final int MOST_FILES = 100;

    static final String ARTIFACTS = "artifacts";
    static final String ARTIFACTS_DROPPED = "artifactsDropped";
    static final String STDOUT = "stdout";
    static final String STDERR = "stderr";

    /** How much the program wrote, as far as that is known. */
    static final String BYTES = "Bytes";

    /** How much {@code GET /api/tasks/{id}/logs} has of it, where that is another number. */
    static final String KEPT = "Kept";

    static final String TRUNCATED = "Truncated";
    static final String EXIT_CODE = "exitCode";
    static final String OUT_OF_MEMORY = "outOfMemory";
    static final String USAGE = "usage";
    static final String USAGE_SIZE = "size";
    static final String USAGE_LOCATION = "location";
    static final String USAGE_SECONDS = "seconds";
    static final String USAGE_SPOT = "spot";

    private final BlobStore blobs;
    private final Scratch scratch;

    public OutputCollector(BlobStore blobs, Scratch scratch) {
        this.blobs = blobs;
        this.scratch = scratch;
    }

    ToolOutput collect(ToolRunOrder order, ToolRuntime runtime, String name) throws IOException, InterruptedException {
        TaskBlobs keys = TaskBlobs.of(order);
        try (Scratch.Room room = scratch.make();
                CapturedText stdout = new CapturedText(room.path().resolve("stdout"), limit(order));
                CapturedText stderr = new CapturedText(room.path().resolve("stderr"), limit(order))) {
            runtime.output(name, (channel, piece) -> {
                (channel == Channel.STDOUT ? stdout : stderr).take(piece);
                return true;
            });
            keep(keys.stdout(), stdout);
            keep(keys.stderr(), stderr);
            KeptFiles files = new KeptFiles(blobs, keys);
            runtime.files(name, limit(order), files);
            Map<String, Object> said = said(order, runtime.status(name));
            stdout.lastObject().ifPresent(data -> said.put("data", WorkerTaskCommand.named(order.tool(), data)));
            say(said, STDOUT, stdout);
            say(said, STDERR, stderr);
            said.put(ARTIFACTS, files.kept());
            if (files.dropped() > 0) {
                said.put(ARTIFACTS_DROPPED, files.dropped());
            }
            return new InlineOutput(said, stdout, stderr).within(order, blobs, keys);
        }
    }

    /** What is kept has a number of its own where it is not simply everything. */
    private static void say(Map<String, Object> said, String channel, CapturedText text) {
        said.put(channel + BYTES, text.bytes());
        if (text.kept() != text.bytes()) {
            said.put(channel + KEPT, text.kept());
        }
        if (text.isTruncated()) {
            said.put(channel + TRUNCATED, true);
        }
    }

    private static long limit(ToolRunOrder order) {
        return order.tool().limits().outputBytes();
    }

    private void keep(String key, CapturedText text) throws IOException {
        text.finish();
        try (InputStream content = text.open()) {
            blobs.put(key, content);
        }
    }

    private static Map<String, Object> said(ToolRunOrder order, RunStatus status) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("tool", order.tool().name());
        said.put("taskId", order.taskId());
        said.put("inReplyTo", order.event().id().value());
        if (status instanceof RunStatus.Ended ended) {
            said.put(EXIT_CODE, ended.exitCode());
            said.put("startedAt", ended.startedAt().toString());
            said.put(
                    "durationMs",
                    Duration.between(ended.startedAt(), ended.endedAt()).toMillis());
            if (ended.outOfMemory()) {
                said.put(OUT_OF_MEMORY, true);
            }
            if (ended.usage() != null) {
                said.put(USAGE, said(ended.usage()));
            }
        }
        return said;
    }

    private static Map<String, Object> said(RunUsage usage) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put(USAGE_SIZE, usage.size());
        said.put(USAGE_LOCATION, usage.location());
        said.put(USAGE_SECONDS, usage.time().toSeconds());
        said.put(USAGE_SPOT, usage.spot());
        return said;
    }
}
