package dev.lightning.workflows.housekeeping;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Duration;

/** How long one kind is kept. */
public record Retention(
        KeptKind kind,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Duration keepFor) {}
