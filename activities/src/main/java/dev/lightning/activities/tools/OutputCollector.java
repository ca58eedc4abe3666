package dev.lightning.activities.tools;

import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.runtime.OutputReader.Channel;
import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.runtime.RunUsage;
import dev.lightning.providers.runtime.ToolRuntime;
import dev.lightning.workflows.events.BlobRef;
import dev.lightning.workflows.events.EventTypes;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.tools.TaskBlobs;
import dev.lightning.workflows.tools.ToolOutput;
import dev.lightning.workflows.tools.ToolRunOrder;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Keeps what a run wrote and left, and says it as its result event's metadata. A repeat overwrites with the same. */
public final class OutputCollector {
    /** How many files a run may leave; further ones are named but not kept. */
    static final int MOST_FILES = 100;

    static final String ARTIFACTS = "artifacts";
    static final String STDOUT_BYTES = "stdoutBytes";
    static final String STDERR_BYTES = "stderrBytes";
    static final String EXIT_CODE = "exitCode";
    static final String USAGE = "usage";
    static final String USAGE_SIZE = "size";
    static final String USAGE_LOCATION = "location";
    static final String USAGE_SECONDS = "seconds";
    static final String USAGE_SPOT = "spot";

    private static final int LARGEST_INLINE = 128 << 10;

    /** There may be many of a chat's calls in one history. */
    private static final int LARGEST_INLINE_OF_CALL = 48 << 10;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

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
            List<Map<String, Object>> files = keepFiles(order, runtime, name, keys);
            Map<String, Object> said = said(order, runtime.status(name));
            stdout.lastObject().ifPresent(data -> said.put("data", WorkerTaskCommand.named(order.tool(), data)));
            said.put(STDOUT_BYTES, stdout.bytes());
            said.put(STDERR_BYTES, stderr.bytes());
            said.put(ARTIFACTS, files);
            return output(keys, said, stdout, stderr, largestInline(order));
        }
    }

    private static int largestInline(ToolRunOrder order) {
        return EventTypes.isToolCall(order.event().type()) ? LARGEST_INLINE_OF_CALL : LARGEST_INLINE;
    }

    private static long limit(ToolRunOrder order) {
        return order.tool().limits().outputBytes();
    }

    private void keep(String key, CapturedText text) throws IOException {
        try (InputStream content = text.open()) {
            blobs.put(key, content);
        }
    }

    private List<Map<String, Object>> keepFiles(ToolRunOrder order, ToolRuntime runtime, String name, TaskBlobs keys)
            throws IOException {
        List<Map<String, Object>> files = new ArrayList<>();
        runtime.files(name, limit(order), (path, bytes, content) -> {
            if (files.size() < MOST_FILES) {
                blobs.put(keys.file(files.size()), content);
                files.add(Map.of("path", path, "bytes", bytes));
            }
        });
        return files;
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
                said.put("outOfMemory", true);
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

    /** The whole inline where it fits, else the whole in a blob and shorter ends inline. */
    private ToolOutput output(
            TaskBlobs keys, Map<String, Object> said, CapturedText stdout, CapturedText stderr, int most) {
        said.put("stdout", stdout.ends(CapturedText.LONGEST_END));
        said.put("stderr", stderr.ends(CapturedText.LONGEST_END));
        byte[] whole = JSON.writeValueAsBytes(said);
        if (whole.length <= most) {
            return new ToolOutput(JSON.readValue(whole, Metadata.class), null);
        }
        blobs.put(keys.result(), whole);
        Map<String, Object> cut = new LinkedHashMap<>(said);
        cut.put("stdout", stdout.ends(CapturedText.SHORT_END));
        cut.put("stderr", stderr.ends(CapturedText.SHORT_END));
        byte[] shorter = JSON.writeValueAsBytes(cut);
        if (shorter.length > most) {
            cut.remove("data");
            cut.put("dataTruncated", true);
            shorter = JSON.writeValueAsBytes(cut);
        }
        return new ToolOutput(JSON.readValue(shorter, Metadata.class), new BlobRef(keys.result()));
    }
}
