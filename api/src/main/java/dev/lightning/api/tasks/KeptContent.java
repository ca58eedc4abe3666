package dev.lightning.api.tasks;

import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.storage.rows.TaskFiles.Kept;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Sends what a run left from the blob store, a part at a time, so that its size does not matter. */
final class KeptContent {
    private final BlobStore blobs;

    KeptContent(BlobStore blobs) {
        this.blobs = blobs;
    }

    /**
     * Sends all parts as the body.
     *
     * @param disposition the header of this name, null for none
     * @return false, with nothing said, when what was kept is gone
     */
    boolean send(Kept kept, String contentType, @Nullable String disposition, HttpServletResponse response)
            throws IOException {
        Optional<byte[]> first = kept.blobs().isEmpty()
                ? Optional.of(new byte[0])
                : blobs.get(kept.blobs().getFirst());
        if (first.isEmpty()) {
            return false;
        }
        response.setContentType(contentType);
        if (disposition != null) {
            response.setHeader(HttpHeaders.CONTENT_DISPOSITION, disposition);
        }
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLengthLong(kept.bytes());
        response.getOutputStream().write(first.get());
        for (String blob : kept.blobs().stream().skip(1).toList()) {
            byte[] part = blobs.get(blob).orElseThrow(() -> new IOException("A part of the content is gone"));
            response.getOutputStream().write(part);
        }
        response.flushBuffer();
        return true;
    }
}
