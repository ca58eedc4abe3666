package dev.lightning.activities.tools;

import dev.lightning.providers.runtime.KnownRun;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import dev.lightning.providers.runtime.ToolRuntime;
import dev.lightning.workflows.tools.SweepActivities;
import dev.lightning.workflows.tools.SweepReport;
import dev.lightning.workflows.tools.ToolFailure;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
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
            for (ToolRuntime runtime : runtimes) {
                for (KnownRun run : runsOf(runtime)) {
                    seen++;
                    removed += isOpen.test(run.workflowId()) ? 0 : remove(runtime, run);
                }
            }
            return new SweepReport(seen, removed);
        });
    }

    /** An engine that nobody has installed has nothing to sweep. */
    private static List<KnownRun> runsOf(ToolRuntime runtime) {
        try {
            runtime.endOverdue();
            return runtime.runs();
        } catch (RuntimeUnavailableException away) {
            log.debug("event=sweep.runtime_away runtime={}", runtime.kind(), away);
            return List.of();
        }
    }

    private static int remove(ToolRuntime runtime, KnownRun run) {
        try {
            runtime.remove(run.name());
            log.info("event=sweep.removed task={} runtime={}", run.workflowId(), runtime.kind());
            return 1;
        } catch (RuntimeUnavailableException away) {
            throw ApplicationFailure.newFailure(away.getMessage(), ToolFailure.UNAVAILABLE.type());
        }
    }
}
