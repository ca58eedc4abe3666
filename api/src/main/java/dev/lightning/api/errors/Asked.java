package dev.lightning.api.errors;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** Says which path a client asked for, also where the container has forwarded the request to its error page. */
final class Asked {
    private Asked() {}

    /** The path as a URI, with what no URI may hold encoded; null when the container does not know it. */
    static @Nullable URI path(@Nullable Object attribute) {
        if (!(attribute instanceof String path) || path.isEmpty()) {
            return null;
        }
        try {
            return new URI(path);
        } catch (URISyntaxException raw) {
            return URI.create(UriUtils.encodePath(path, StandardCharsets.UTF_8));
        }
    }
}
