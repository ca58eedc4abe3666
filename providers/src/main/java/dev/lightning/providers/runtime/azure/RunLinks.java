package dev.lightning.providers.runtime.azure;

import dev.lightning.providers.runtime.RunRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Links to the blobs of one run, secrets, for whoever serves it.
 *
 * @param until when they end, which for those that an identity has signed is at most 7 days away
 */
public record RunLinks(Map<String, String> environment, Instant until) {
    public RunLinks {
        environment = Map.copyOf(environment);
    }

    /**
     * What the agent's script is told by its environment besides where its folders are; all of it is to be kept secret.
     */
    public Map<String, String> with(RunRequest request) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.put("LIGHTNING_OUTPUT_BYTES", Long.toString(request.limits().outputBytes()));
        if (request.workspace() == null) {
            all.put("LIGHTNING_LINK_WORKSPACE", "");
        }
        return all;
    }

    /** Leaves out the links. */
    @Override
    public String toString() {
        return "RunLinks[until=" + until + "]";
    }
}
