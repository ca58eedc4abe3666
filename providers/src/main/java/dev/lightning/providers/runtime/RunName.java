package dev.lightning.providers.runtime;

import dev.lightning.providers.Sha256;

/** The name of everything provisioned for a run: it follows from the workflow, so that a repeat finds what is there. */
public final class RunName {
    private static final int HASH_LENGTH = 32;

    private RunName() {}

    /**
     * At most 63 characters of {@code [a-z0-9-]}.
     *
     * @param instance tells installations apart that share an engine
     */
    public static String of(String instance, String workflowId) {
        return "lightning-" + Sha256.hex(instance + "\n" + workflowId).substring(0, HASH_LENGTH);
    }
}
