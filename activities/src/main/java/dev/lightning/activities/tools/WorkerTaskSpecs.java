package dev.lightning.activities.tools;

import dev.lightning.providers.storage.rows.RepoRow;
import dev.lightning.providers.storage.rows.ToolDefinition;
import dev.lightning.providers.tools.WorkerTask;
import dev.lightning.providers.tools.WorkerTasks;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventTypes;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.tools.Checkout;
import dev.lightning.workflows.tools.CheckoutFailure;
import dev.lightning.workflows.tools.ToolLimits;
import dev.lightning.workflows.tools.ToolSpec;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes of a {@code worker.task} event the tool that does it; from there on it is a run like any other. */
public final class WorkerTaskSpecs {
    private final WorkerTasks tasks;

    public WorkerTaskSpecs(WorkerTasks tasks) {
        this.tasks = tasks;
    }

    /**
     * The tool for this event.
     *
     * @param metadata all that the event says, also where it carries only a cut
     * @throws ApplicationFailure when it cannot be done as it is asked, which no repeat changes
     */
    ToolSpec of(Event event, Metadata metadata) {
        WorkerTask task = tasks.read(metadata.asMap());
        if (!task.isValid()) {
            throw refusal(
                    CheckoutFailure.INVALID,
                    task.findings().stream()
                            .map(finding -> finding.field() + " " + finding.message())
                            .collect(Collectors.joining("; ")));
        }
        ToolDefinition.Limits limits = tasks.rules().limits();
        return new ToolSpec(
                WorkerTask.NAME,
                event.owner().key(),
                task.runtime(),
                task.image(),
                WorkerTaskCommand.of(task.commands()),
                new TreeMap<>(task.env()),
                List.of(),
                new ToolLimits(
                        task.timeout(), limits.memoryBytes(), limits.cpus(), limits.pids(), limits.outputBytes()),
                task.network(),
                "missing",
                null,
                EventTypes.WORKER_TASK_RESULT,
                null,
                checkout(event, task),
                null);
    }

    private Checkout checkout(Event event, WorkerTask task) {
        if (task.namesAddress()) {
            return new Checkout(task.repo(), task.ref(), null);
        }
        RepoRow repository = tasks.repository(event.owner().key(), task.repo())
                .orElseThrow(() -> refusal(
                        CheckoutFailure.REPOSITORY_UNKNOWN, "There is no repository registered as " + task.repo()));
        String problem = tasks.checkoutProblem(repository);
        if (problem != null) {
            throw refusal(CheckoutFailure.REJECTED, "The repository " + repository.name() + " " + problem);
        }
        return new Checkout(repository.url(), ref(task.ref(), repository), repository.name());
    }

    private static @Nullable String ref(@Nullable String asked, RepoRow repository) {
        return asked == null ? repository.defaultRef() : asked;
    }

    private static ApplicationFailure refusal(CheckoutFailure failure, String message) {
        return ApplicationFailure.newNonRetryableFailure(message, failure.type());
    }
}
