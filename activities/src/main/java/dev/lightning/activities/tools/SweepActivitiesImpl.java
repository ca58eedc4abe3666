package dev.lightning.activities.tools;

import dev.lightning.providers.runtime.KnownRun;
import dev.lightning.providers.runtime.RunRejectedException;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import dev.lightning.providers.runtime.ToolRuntime;
import dev.lightning.workflows.tools.SweepActivities;
import dev.lightning.workflows.tools.SweepReport;
import dev.lightning.workflows.tools.ToolFailure;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes runs whose workflow is no longer open: whatever state they are in, nobody will come for them. */
public final class SweepActivitiesImpl implements SweepActivities {
    private static final Logger log = LoggerFactory.getLogger(SweepActivitiesImpl.class);

    private final List<ToolRuntime> runtimes;
    private final Predicate<String> isOpen;

    /** Takes how to ask whether the workflow of an id is open, which throws when that cannot be known. */
    public SweepActivitiesImpl(List<ToolRuntime> runtimes, Predicate<String> isOpen) {
        this.runtimes = List.copyOf(runtimes);
        this.isOpen = isOpen;
    }

    @Override
    public SweepReport sweep() {
        return Pulse.during(Activity.getExecutionContext(), "sweeping", () -> {
            int seen = 0;
            int removed = 0;
            List<String> troubles = new ArrayList<>();
            for (ToolRuntime runtime : runtimes) {
                for (KnownRun run : runsOf(runtime)) {
                    seen++;
                    removed += isLookedAfter(run) || !remove(runtime, run, troubles) ? 0 : 1;
                }
                endOverdue(runtime);
            }
            if (!troubles.isEmpty()) {
                throw ApplicationFailure.newFailure(troubles.getFirst(), ToolFailure.UNAVAILABLE.type());
            }
            return new SweepReport(seen, removed);
        });
    }

    /** What does not say whose it is, such as a report that came after its run was removed, is nobody's. */
    private boolean isLookedAfter(KnownRun run) {
        return !run.workflowId().isEmpty() && isOpen.test(run.workflowId());
    }

    /** An engine that nobody has installed has nothing to sweep. */
    private static List<KnownRun> runsOf(ToolRuntime runtime) {
        try {
            return runtime.runs();
        } catch (RuntimeUnavailableException away) {
            log.debug("event=sweep.runtime_away runtime={}", runtime.kind(), away);
            return List.of();
        }
    }

    /** Comes last, because what is only just being stopped cannot be removed everywhere. */
    private static void endOverdue(ToolRuntime runtime) {
        try {
            runtime.endOverdue();
        } catch (RuntimeUnavailableException away) {
            log.debug("event=sweep.runtime_away runtime={}", runtime.kind(), away);
        }
    }

    /**
     * One that cannot be removed now does not keep the others from being removed, and one that takes its time is finished
     * by the next sweep.
     *
     * @return whether nothing is left of it
     */
    private static boolean remove(ToolRuntime runtime, KnownRun run, List<String> troubles) {
        try {
            Optional<Duration> left = runtime.remove(run.name());
            if (left.isPresent()) {
                log.info("event=sweep.removing task={} runtime={}", run.workflowId(), runtime.kind());
            } else {
                log.info("event=sweep.removed task={} runtime={}", run.workflowId(), runtime.kind());
            }
            return left.isEmpty();
        } catch (RuntimeUnavailableException | RunRejectedException trouble) {
            log.warn("event=sweep.left task={} reason=\"{}\"", run.workflowId(), trouble.getMessage());
            troubles.add(String.valueOf(trouble.getMessage()));
            return false;
        }
    }
}
