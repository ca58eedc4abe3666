package dev.lightning.app;

import dev.lightning.api.tasks.LiveOutput;
import dev.lightning.providers.runtime.OutputPosition;
import dev.lightning.providers.runtime.OutputReader;
import dev.lightning.providers.runtime.RunName;
import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import dev.lightning.providers.runtime.ToolRuntime;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds a task's run in whichever of this process's runtimes it is. */
final class RuntimeOutput implements LiveOutput {
    private static final Logger log = LoggerFactory.getLogger(RuntimeOutput.class);

    private final String instance;
    private final List<ToolRuntime> runtimes;

    RuntimeOutput(String instance, List<ToolRuntime> runtimes) {
        this.instance = instance;
        this.runtimes = runtimes;
    }

    @Override
    public RunStatus follow(String workflowId, OutputPosition from, OutputReader reader)
            throws IOException, InterruptedException {
        String name = RunName.of(instance, workflowId);
        for (ToolRuntime runtime : runtimes) {
            if (isThere(runtime, name)) {
                return runtime.follow(name, from, reader);
            }
        }
        return new RunStatus.Missing();
    }

    /** An engine that is away has nothing to show, and keeps nobody from another runtime. */
    private static boolean isThere(ToolRuntime runtime, String name) {
        try {
            return !(runtime.status(name) instanceof RunStatus.Missing);
        } catch (RuntimeUnavailableException away) {
            log.debug("event=runtime.away kind={} reason={}", runtime.kind(), away.getMessage());
            return false;
        }
    }
}
