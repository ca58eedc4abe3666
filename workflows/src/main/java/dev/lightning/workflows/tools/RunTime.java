package dev.lightning.workflows.tools;

import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Since when a program runs and until when it may. */
final class RunTime {
    private @Nullable Instant startedAt;
    private @Nullable Instant deadline;

    @Nullable
    Instant startedAt() {
        return startedAt;
    }

    @Nullable
    Instant deadline() {
        return deadline;
    }

    boolean hasBegun() {
        return startedAt != null;
    }

    void begin(Instant since, Duration timeout) {
        startedAt = since;
        deadline = since.plus(timeout);
    }

    /** Takes over what was in an earlier execution of a long run. */
    void restore(ToolRunProgress soFar) {
        startedAt = soFar.startedAt();
        deadline = soFar.deadline();
    }

    /** What the program ran on was taken away: it will begin anew. */
    void forget() {
        startedAt = null;
        deadline = null;
    }

    /** Refuses what is not forward, or beyond what the runtime itself allows. */
    void mayExtend(Duration by) {
        Instant extended = running().plus(by);
        boolean tooFar = startedAt != null && extended.isAfter(startedAt.plus(ToolRunPolicy.EXTENSION));
        if (by.isNegative() || by.isZero() || tooFar) {
            throw refusal("A run can be extended to at most 7 days", "tool.extension");
        }
    }

    Instant extend(Duration by) {
        Instant later = running().plus(by);
        deadline = later;
        return later;
    }

    private Instant running() {
        if (deadline == null) {
            throw notRunning();
        }
        return deadline;
    }

    static ApplicationFailure notRunning() {
        return refusal("The tool is not running", "tool.not_running");
    }

    /** How long it may still run; nothing for one that has not begun. */
    Duration left() {
        return deadline == null ? Duration.ZERO : Duration.between(now(), deadline);
    }

    /** This long, but no longer than it may still run. */
    Duration atMost(Duration gap) {
        return gap.compareTo(left()) < 0 ? gap : left();
    }

    /** How long it has run. */
    Duration ran() {
        return startedAt == null ? Duration.ZERO : Duration.between(startedAt, now());
    }

    static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }

    private static ApplicationFailure refusal(String message, String type) {
        return ApplicationFailure.newNonRetryableFailure(message, type);
    }
}
