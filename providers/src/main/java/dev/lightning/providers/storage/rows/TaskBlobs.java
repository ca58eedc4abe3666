package dev.lightning.providers.storage.rows;

import dev.lightning.providers.Sha256;
import java.nio.charset.StandardCharsets;

/** Where the blob store keeps what a run left, so that whoever writes it and whoever removes it agree. */
public final class TaskBlobs {
    private static final int HASH_CHARACTERS = 32;

    private TaskBlobs() {}

    /** A part, counted from 0, of what a run wrote; {@code stream} is {@code stdout} or {@code stderr}. */
    public static String log(String ownerKey, String taskId, String stream, int part) {
        return ownerKey + "/" + taskId + "/" + stream + "/" + part;
    }

    /** A part, counted from 0, of a file that a run left; its path may have characters that a key may not. */
    public static String artifact(String ownerKey, String taskId, String path, int part) {
        String hash = Sha256.hex(path.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_CHARACTERS);
        return ownerKey + "/" + taskId + "/files/" + hash + "/" + part;
    }
}
