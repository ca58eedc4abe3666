package dev.lightning.providers.runtime;

/**
 * Whose run it is; runtimes keep it beside what they provision, for those who clean up or pay.
 *
 * @param workflowId the workflow that looks after the run
 * @param tool the name of the definition
 * @param owner the key of the user whose event started it
 */
public record RunLabels(String workflowId, String tool, String owner) {}
