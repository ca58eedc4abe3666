package dev.lightning.providers.storage.rows;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run left, and where the blob store keeps it.
 *
 * @param stdout null while it is not collected
 * @param stderr null while it is not collected
 * @param result the blob of a result that is too large for a history, null for others
 * @param dropped how many files were left and are not kept, null for none
 */
public record TaskFiles(
        List<Artifact> artifacts,
        @Nullable Kept stdout,
        @Nullable Kept stderr,
        @Nullable String result,
        @Nullable Integer dropped) {
    public static final TaskFiles NONE = new TaskFiles(List.of(), null, null, null);

    public TaskFiles(List<Artifact> artifacts, @Nullable Kept stdout, @Nullable Kept stderr, @Nullable String result) {
        this(artifacts, stdout, stderr, result, null);
    }

    /** A file of the output directory; the path is relative, with {@code /} between its parts. */
    public record Artifact(String path, Kept content) {}

    /**
     * Bytes in the blob store, in one or more parts that follow one another.
     *
     * @param truncated true where they are not all that there was, else null
     */
    public record Kept(
            List<String> blobs, long bytes, @Nullable Boolean truncated) {
        public Kept(List<String> blobs, long bytes) {
            this(blobs, bytes, null);
        }

        public Kept {
            blobs = List.copyOf(blobs);
        }
    }

    public TaskFiles {
        artifacts = List.copyOf(artifacts);
    }

    public boolean hasNothing() {
        return artifacts.isEmpty() && dropped == null && stdout == null && stderr == null;
    }

    List<String> blobs() {
        List<String> all = new ArrayList<>();
        artifacts.forEach(artifact -> all.addAll(artifact.content().blobs()));
        if (stdout != null) {
            all.addAll(stdout.blobs());
        }
        if (stderr != null) {
            all.addAll(stderr.blobs());
        }
        if (result != null) {
            all.add(result);
        }
        return all;
    }
}
