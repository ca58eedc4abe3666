package dev.lightning.providers.storage.rows;

import dev.lightning.providers.Sha256;
import dev.lightning.providers.blobs.BlobStore;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Keeps the bodies that are too large for a row, under keys that name their content, so that none replaces another. */
final class MessageBodies {
    private final BlobStore blobs;

    MessageBodies(BlobStore blobs) {
        this.blobs = blobs;
    }

    String store(NewMessage message) {
        byte[] content = message.body().getBytes(StandardCharsets.UTF_8);
        String key = "messages/" + message.ownerKey() + "/" + message.id() + "/"
                + Sha256.hex(content).substring(0, 32);
        blobs.put(key, content);
        return key;
    }

    /** Removes what was stored for a message that somebody else kept first with another body. */
    void dropUnless(@Nullable String kept, @Nullable String mine) {
        if (mine != null && !mine.equals(kept)) {
            blobs.delete(mine);
        }
    }

    String of(MessageRow row) {
        String body = row.body();
        String blob = row.bodyBlob();
        if (body != null || blob == null) {
            return body == null ? "" : body;
        }
        byte[] content = blobs.get(blob)
                .orElseThrow(() -> new IllegalStateException("The body of message " + row.id() + " is missing"));
        return new String(content, StandardCharsets.UTF_8);
    }
}
