package dev.lightning.api.events;

import dev.lightning.api.errors.Findings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** The header by which a client names its request, so that it can repeat it. */
final class IdempotencyKey {
    static final String HEADER = "Idempotency-Key";
    static final int MAX_LENGTH = 255;

    private IdempotencyKey() {}

    /** The key, or null when there is none or, with a finding, none that can be taken. */
    static @Nullable String of(HttpHeaders headers, Findings findings) {
        List<String> values = headers.getOrEmpty(HEADER);
        if (values.isEmpty()) {
            return null;
        }
        String key = values.getFirst();
        if (values.size() == 1 && key.matches("[\\x20-\\x7E]{1," + MAX_LENGTH + "}") && !key.isBlank()) {
            return key;
        }
        findings.add(HEADER, "must be there once, with 1 to " + MAX_LENGTH + " printable ASCII characters");
        return null;
    }
}
