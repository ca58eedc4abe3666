package dev.lightning.workflows.tools;

/**
 * What a sweep found.
 *
 * @param seen how much there was of this installation
 * @param removed how much of it belonged to no open workflow
 */
public record SweepReport(int seen, int removed) {}
