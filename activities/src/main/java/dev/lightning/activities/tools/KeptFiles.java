package dev.lightning.activities.tools;

import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.runtime.FileReader;
import dev.lightning.workflows.tools.TaskBlobs;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps the files of a run, as many as there may be, and counts those that are not kept for whatever reason. */
final class KeptFiles implements FileReader {
    private final BlobStore blobs;
    private final TaskBlobs keys;
    private final List<Map<String, Object>> kept = new ArrayList<>();
    private int dropped;

    KeptFiles(BlobStore blobs, TaskBlobs keys) {
        this.blobs = blobs;
        this.keys = keys;
    }

    @Override
    public void take(String path, long bytes, InputStream content) throws IOException {
        if (kept.size() < OutputCollector.MOST_FILES) {
            blobs.put(keys.file(kept.size()), content);
            kept.add(Map.of("path", path, "bytes", bytes));
        } else {
            dropped++;
        }
    }

    @Override
    public void leaveOut(int files) {
        dropped += files;
    }

    List<Map<String, Object>> kept() {
        return kept;
    }

    int dropped() {
        return dropped;
    }
}
