package dev.lightning.app.settings;

import dev.lightning.api.tools.ToolSettings;
import dev.lightning.providers.tools.WorkerTaskRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where worker tasks run that do not say.
 *
 * @param runtime {@code WORKER_TASK_RUNTIME}; containers where an image is set, else processes where they are offered
 * @param image {@code WORKER_TASK_IMAGE}; null when each event has to name one
 */
public record WorkerTaskSettings(
        @Nullable String runtime, @Nullable String image) {
    public WorkerTaskSettings {
        runtime = runtime == null || runtime.isBlank() ? null : runtime.strip();
        image = image == null || image.isBlank() ? null : image.strip();
    }

    /** Refuses a runtime that is not offered. */
    public void require(List<String> offered) {
        if (runtime != null && !offered.contains(runtime)) {
            throw new IllegalArgumentException(
                    "WORKER_TASK_RUNTIME must be a runtime that is offered here: " + String.join(", ", offered));
        }
    }

    /** What that means where these runtimes are offered and tools have these limits. */
    public WorkerTaskRules rules(List<String> offered, ToolSettings tools) {
        require(offered);
        return new WorkerTaskRules(
                offered, runtime == null ? usual(offered) : runtime, image, tools.usual(), tools.maxTimeout());
    }

    private String usual(List<String> offered) {
        if (image == null && offered.contains(ToolRunSettings.PROCESS)) {
            return ToolRunSettings.PROCESS;
        }
        return !offered.contains(ToolRunSettings.DOCKER) && offered.contains(ToolRunSettings.ACI)
                ? ToolRunSettings.ACI
                : ToolRunSettings.DOCKER;
    }
}
