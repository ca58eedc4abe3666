package dev.lightning.workflows.tools;

import dev.lightning.workflows.events.EventAttributes;
import dev.lightning.workflows.events.Failures;
import dev.lightning.workflows.events.Reason;
import dev.lightning.workflows.events.StoreCalls;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Provisions, looks after, collects and cleans up, in short steps with timers between them. */
public final class ToolRunWorkflowImpl implements ToolRunWorkflow {
    private static final Reason TIMED_OUT = new Reason("tool.timed_out", "The tool was ended at its deadline");
    static final Reason CANCELLED = new Reason("tool.cancelled", "The tool was cancelled");
    private static final Reason VANISHED =
            new Reason(ToolFailure.LOST.type(), "The tool vanished while it ran, and its result with it");

    private static final Logger log = Workflow.getLogger(ToolRunWorkflowImpl.class);

    private final StoreCalls<ToolActivities> store = new StoreCalls<>(ToolActivities.class);

    private ToolRunState state = ToolRunState.REQUESTED;
    private Instant since = now();
    private @Nullable Instant startedAt;
    private @Nullable Instant deadline;
    private @Nullable ToolRunResult result;
    private boolean admitted;

    @Override
    public ToolRunResult run(ToolRunOrder order) {
        Program program = new Program(order);
        TemporalFailure cancelled = null;
        ToolRunResult ended;
        try {
            ToolRunResult earlier = begin(order);
            if (earlier != null) {
                return earlier;
            }
            ended = carry(order, program);
        } catch (TemporalFailure failure) {
            cancelled = Failures.isCancellation(failure) ? failure : null;
            ended = cancelled == null
                    ? ToolRunResult.without(ToolRunState.FAILED, Failures.reason(failure))
                    : ToolRunResult.without(ToolRunState.CANCELLED, CANCELLED);
        } catch (RuntimeException | AssertionError | StackOverflowError | LinkageError defect) {
            ended = ToolRunResult.without(ToolRunState.FAILED, Failures.ofDefect(defect));
        }
        ToolRunResult last = ended;
        Workflow.newDetachedCancellationScope(() -> end(order, program, last)).run();
        if (cancelled != null) {
            throw cancelled;
        }
        return ended;
    }

    @Override
    public ToolRunProgress progress() {
        return new ToolRunProgress(state, since, startedAt, deadline, result);
    }

    @Override
    public void admitted() {
        admitted = true;
    }

    @Override
    public Instant extendDeadline(Duration by) {
        Instant later = requireRunning().plus(by);
        deadline = later;
        return later;
    }

    @Override
    public void mayExtendDeadline(Duration by) {
        Instant extended = requireRunning().plus(by);
        boolean tooFar = startedAt != null && extended.isAfter(startedAt.plus(ToolRunPolicy.EXTENSION));
        if (by.isNegative() || by.isZero() || tooFar) {
            throw refusal("A run can be extended to at most 7 days", "tool.extension");
        }
    }

    private Instant requireRunning() {
        if (state != ToolRunState.RUNNING || deadline == null) {
            throw refusal("The tool is not running", "tool.not_running");
        }
        return deadline;
    }

    private static ApplicationFailure refusal(String message, String type) {
        return ApplicationFailure.newNonRetryableFailure(message, type);
    }

    /** What an earlier run of the same order came to, null when this one has to do it. */
    private @Nullable ToolRunResult begin(ToolRunOrder order) {
        ToolRunProgress soFar = order.soFar();
        if (soFar != null) {
            startedAt = soFar.startedAt();
            deadline = soFar.deadline();
            turn(order, soFar.state());
            return null;
        }
        turn(order, ToolRunState.REQUESTED);
        ToolRunResult earlier =
                store.ask(tools -> tools.beginRun(record(order))).completed();
        if (earlier != null) {
            result = earlier;
            turn(order, earlier.state());
        }
        return earlier;
    }

    private ToolRunResult carry(ToolRunOrder order, Program program) {
        if (state == ToolRunState.REQUESTED) {
            awaitTurn(order);
            turn(order, ToolRunState.PROVISIONING);
        }
        Observation seen = startedAt == null ? program.start() : program.look(Duration.ZERO);
        if (startedAt == null && seen.startedAt() != null) {
            startedAt = seen.startedAt();
            deadline = startedAt.plus(order.tool().limits().timeout());
            turn(order, ToolRunState.RUNNING);
            store.tell(tools -> tools.recordRun(record(order)));
            seen = seen.alive() ? program.look(shorter(ToolRunPolicy.FIRST_LOOK, left())) : seen;
        }
        while (seen.alive() && left().isPositive()) {
            goOnAnewIfLong(order);
            Workflow.sleep(shorter(ToolRunPolicy.gapAfter(ran()), left()));
            seen = program.look(Duration.ZERO);
        }
        if (seen.startedAt() == null) {
            return ToolRunResult.without(ToolRunState.FAILED, VANISHED);
        }
        turn(order, ToolRunState.COLLECTING);
        return seen.alive()
                ? ToolRunResult.with(ToolRunState.TIMED_OUT, TIMED_OUT, program.stopAndCollect())
                : ToolRunResult.with(ToolRunState.COMPLETED, null, program.collect());
    }

    private void awaitTurn(ToolRunOrder order) {
        turn(order, ToolRunState.QUEUED);
        store.tell(tools -> tools.enterQueue(order));
        Workflow.await(() -> admitted);
    }

    /** A queue that is gone has no places to give back. */
    private static void leaveQueue(ToolRunOrder order) {
        try {
            Workflow.newExternalWorkflowStub(
                            RunQueueWorkflow.class,
                            RunQueueWorkflow.idOf(order.tool().ownerKey()))
                    .leave(Workflow.getInfo().getWorkflowId());
        } catch (SignalExternalWorkflowException gone) {
            log.debug("event=queue.gone task={}", order.taskId(), gone);
        }
    }

    private void goOnAnewIfLong(ToolRunOrder order) {
        if (Workflow.getInfo().isContinueAsNewSuggested()) {
            Workflow.continueAsNew(order.goingOn(progress()));
        }
    }

    private void end(ToolRunOrder order, Program program, ToolRunResult ended) {
        turn(order, ToolRunState.DEPROVISIONING);
        ToolRunResult last = ended;
        try {
            if (ended.state() == ToolRunState.CANCELLED && startedAt != null) {
                last = ToolRunResult.with(ended.state(), ended.reason(), program.giveUp());
            }
            program.remove();
        } catch (ActivityFailure left) {
            log.warn("event=tool.left_to_the_sweep task={}", order.taskId(), left);
        }
        leaveQueue(order);
        result = last;
        turn(order, last.state());
        store.tell(tools -> tools.recordRun(record(order)));
        Workflow.upsertTypedSearchAttributes(EventAttributes.STATUS.valueSet(state.name()));
    }

    private ToolRunRecord record(ToolRunOrder order) {
        return new ToolRunRecord(order, Workflow.getInfo().getRunId(), progress());
    }

    private void turn(ToolRunOrder order, ToolRunState next) {
        state = next;
        since = now();
        Workflow.setCurrentDetails(ToolRunDetails.markdown(order, progress()));
    }

    private Duration left() {
        return deadline == null ? Duration.ZERO : Duration.between(now(), deadline);
    }

    private Duration ran() {
        return startedAt == null ? Duration.ZERO : Duration.between(startedAt, now());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }
}
