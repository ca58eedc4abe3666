package dev.lightning.workflows.tools;

import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventAttributes;
import dev.lightning.workflows.events.Failures;
import dev.lightning.workflows.events.Reason;
import dev.lightning.workflows.events.StoreCalls;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TemporalFailure;
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

    private static final Reason NEVER_STARTED = new Reason(
            ToolFailure.UNAVAILABLE.type(),
            "What the tool was to run on was not there after " + ToolRunPolicy.START.toHours() + " h");

    private static final Logger log = Workflow.getLogger(ToolRunWorkflowImpl.class);

    private final StoreCalls<ToolActivities> store = new StoreCalls<>(ToolActivities.class);

    private final ApprovalGate gate = new ApprovalGate();
    private final Turn ourTurn = new Turn(store);

    private ToolRunState state = ToolRunState.REQUESTED;
    private final RunTime time = new RunTime();
    private Instant since = RunTime.now();
    private int interruptions;
    private @Nullable Event event;
    private @Nullable ToolRunResult result;

    @Override
    public ToolRunResult run(ToolRunOrder order) {
        event = order.event();
        Program program = new Program(order);
        TemporalFailure cancelled = null;
        ToolRunResult ended;
        try {
            ToolRunResult earlier = begin(order);
            if (earlier != null) {
                return earlier;
            }
            ended = carryIfApproved(order, program);
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
        return new ToolRunProgress(
                state,
                since,
                time.startedAt(),
                time.deadline(),
                result,
                gate.approval(),
                interruptions == 0 ? null : interruptions);
    }

    @Override
    public @Nullable Event event() {
        return event;
    }

    @Override
    public void admitted() {
        ourTurn.admit();
    }

    @Override
    public Approval approve(Verdict verdict) {
        return gate.decide(ApprovalDecision.APPROVED, verdict);
    }

    @Override
    public void mayApprove(Verdict verdict) {
        gate.mayDecide(ApprovalDecision.APPROVED);
    }

    @Override
    public Approval reject(Verdict verdict) {
        return gate.decide(ApprovalDecision.REJECTED, verdict);
    }

    @Override
    public void mayReject(Verdict verdict) {
        gate.mayDecide(ApprovalDecision.REJECTED);
    }

    @Override
    public Instant extendDeadline(Duration by) {
        requireRunning();
        return time.extend(by);
    }

    @Override
    public void mayExtendDeadline(Duration by) {
        requireRunning();
        time.mayExtend(by);
    }

    private void requireRunning() {
        if (state != ToolRunState.RUNNING) {
            throw RunTime.notRunning();
        }
    }

    /** What an earlier run of the same order came to, null when this one has to do it. */
    private @Nullable ToolRunResult begin(ToolRunOrder order) {
        ToolRunProgress soFar = order.soFar();
        if (soFar != null) {
            time.restore(soFar);
            interruptions = soFar.interruptions() == null ? 0 : soFar.interruptions();
            gate.restore(soFar.approval());
            turn(order, soFar.state());
            return null;
        }
        gate.closeFor(order.tool());
        turn(order, gate.isClosed() ? ToolRunState.AWAITING_APPROVAL : ToolRunState.REQUESTED);
        ToolRunResult earlier =
                store.ask(tools -> tools.beginRun(recordOf(order))).completed();
        if (earlier != null) {
            result = earlier;
            turn(order, earlier.state());
        } else if (gate.isClosed() && gate.saysStatus()) {
            sayStatus();
        }
        return earlier;
    }

    private ToolRunResult carryIfApproved(ToolRunOrder order, Program program) {
        Reason refused = state == ToolRunState.AWAITING_APPROVAL ? gate.await() : null;
        return refused == null ? carry(order, program) : ToolRunResult.without(ToolRunState.REJECTED, refused);
    }

    private ToolRunResult carry(ToolRunOrder order, Program program) {
        if (!time.hasBegun()) {
            awaitTurn(order);
        }
        Observation seen = run(order, program);
        while (seen.interrupted() != null && interruptions < ToolRunPolicy.MOST_INTERRUPTIONS) {
            beginAnew(order, program, seen.interrupted());
            seen = run(order, program);
        }
        if (seen.interrupted() != null) {
            return ToolRunResult.without(
                    ToolRunState.FAILED, new Reason(ToolFailure.UNAVAILABLE.type(), seen.interrupted()));
        }
        if (seen.startedAt() == null) {
            return ToolRunResult.without(ToolRunState.FAILED, seen.alive() ? NEVER_STARTED : VANISHED);
        }
        turn(order, ToolRunState.COLLECTING);
        return seen.alive()
                ? ToolRunResult.with(ToolRunState.TIMED_OUT, TIMED_OUT, program.stopAndCollect())
                : ToolRunResult.with(ToolRunState.COMPLETED, null, program.collect());
    }

    private void beginAnew(ToolRunOrder order, Program program, String reason) {
        log.info("event=tool.interrupted task={} reason={}", order.taskId(), reason);
        program.remove();
        interruptions++;
        time.forget();
        turn(order, ToolRunState.PROVISIONING);
        record(order);
    }

    /** Starts the program, or finds it running, and looks after it until it ends or its time is over. */
    private Observation run(ToolRunOrder order, Program program) {
        Observation seen = time.hasBegun() ? program.look(Duration.ZERO) : program.start(interruptions);
        if (!time.hasBegun() && seen.startedAt() != null) {
            time.begin(seen.startedAt(), order.tool().limits().timeout());
            turn(order, ToolRunState.RUNNING);
            record(order);
            seen = seen.alive() ? program.look(time.atMost(ToolRunPolicy.FIRST_LOOK)) : seen;
        }
        while (seen.alive() && time.left().isPositive()) {
            goOnAnewIfLong(order);
            Workflow.sleep(time.atMost(ToolRunPolicy.gapAfter(time.ran())));
            seen = program.look(Duration.ZERO);
        }
        return seen;
    }

    /** The row of a run that somebody approved says at once that it waits for nobody else; others say so when they have to. */
    private void awaitTurn(ToolRunOrder order) {
        turn(order, ToolRunState.QUEUED);
        boolean approved = gate.approval() != null;
        if (approved) {
            record(order);
        }
        boolean said = ourTurn.await(order, () -> record(order));
        turn(order, ToolRunState.PROVISIONING);
        if (said || approved) {
            record(order);
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
            if (ended.state() == ToolRunState.CANCELLED && time.hasBegun()) {
                last = program.giveUp()
                        .map(output -> ToolRunResult.with(ended.state(), ended.reason(), output))
                        .orElse(ended);
            }
            program.remove();
        } catch (ActivityFailure left) {
            log.warn("event=tool.left_to_the_sweep task={}", order.taskId(), left);
        }
        if (!gate.isClosed()) {
            ourTurn.giveBack(order);
        }
        result = last;
        turn(order, last.state());
        record(order);
    }

    private void record(ToolRunOrder order) {
        store.tell(tools -> tools.recordRun(recordOf(order)));
        if (ourTurn.saysStatus() || state.isFinal()) {
            sayStatus();
        }
    }

    private void sayStatus() {
        Workflow.upsertTypedSearchAttributes(EventAttributes.STATUS.valueSet(state.name()));
    }

    private ToolRunRecord recordOf(ToolRunOrder order) {
        return new ToolRunRecord(order, Workflow.getInfo().getRunId(), progress());
    }

    private void turn(ToolRunOrder order, ToolRunState next) {
        state = next;
        since = RunTime.now();
        Workflow.setCurrentDetails(ToolRunDetails.markdown(order, progress()));
    }
}
