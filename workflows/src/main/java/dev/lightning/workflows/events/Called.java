package dev.lightning.workflows.events;

import org.jspecify.annotations.Nullable;

/**
 * How a call ended; exactly one of {@code said} and {@code reason} is there.
 *
 * @param event the event that the call was
 * @param said what the called one emitted
 * @param reason why it emitted nothing
 */
public record Called(
        Event event, @Nullable Emission said, @Nullable Reason reason) {}
