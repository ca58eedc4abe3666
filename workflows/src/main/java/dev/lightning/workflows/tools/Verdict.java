package dev.lightning.workflows.tools;

import org.jspecify.annotations.Nullable;

/**
 * Who decides about a run, and why.
 *
 * @param by the user's id
 * @param reason in that user's words, null when none was given
 */
public record Verdict(String by, @Nullable String reason) {}
