package dev.lightning.api.tasks;

import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.storage.rows.TaskFiles.Kept;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Sends what a run left as it comes from the blob store, so that its size does not matter. */
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
        Optional<InputStream> first = kept.blobs().isEmpty()
                ? Optional.of(InputStream.nullInputStream())
                : blobs.open(kept.blobs().getFirst());
        if (first.isEmpty()) {
            return false;
        }
        response.setContentType(contentType);
        if (disposition != null) {
            response.setHeader(HttpHeaders.CONTENT_DISPOSITION, disposition);
        }
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLengthLong(kept.bytes());
        sendPart(first.get(), response);
        for (String blob : kept.blobs().stream().skip(1).toList()) {
            sendPart(blobs.open(blob).orElseThrow(() -> new IOException("A part of the content is gone")), response);
        }
        response.flushBuffer();
        return true;
    }

    private static void sendPart(InputStream part, HttpServletResponse response) throws IOException {
        try (part) {
            part.transferTo(response.getOutputStream());
        }
    }
}
