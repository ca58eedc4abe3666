package dev.lightning.api.events;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** Links into the Temporal Web UI. */
final class TemporalLinks {
    private final @Nullable String base;
    private final String namespace;

    TemporalLinks(@Nullable String base, String namespace) {
        this.base = base == null || !base.endsWith("/") ? base : base.substring(0, base.length() - 1);
        this.namespace = namespace;
    }

    /** The history of a run, or the latest run where none is named; null when nobody said where the UI is. */
    @Nullable
    String history(String workflowId, @Nullable String runId) {
        if (base == null) {
            return null;
        }
        String workflow = base + "/namespaces/" + segment(namespace) + "/workflows/" + segment(workflowId);
        return runId == null ? workflow : workflow + "/" + segment(runId) + "/history";
    }

    private static String segment(String text) {
        return UriUtils.encode(text, StandardCharsets.UTF_8);
    }
}
