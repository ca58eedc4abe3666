package dev.lightning.api.tasks;

import dev.lightning.api.errors.Findings;
import dev.lightning.api.events.TypeCheck;
import dev.lightning.providers.storage.rows.RepoRow;
import dev.lightning.providers.tools.WorkerTask;
import dev.lightning.providers.tools.WorkerTasks;
import dev.lightning.workflows.events.EventTypes;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Owner;
import java.util.Optional;

/** Refuses a worker task that could not begin, before anything durable does. */
final class WorkerTaskCheck implements TypeCheck {
    private final WorkerTasks tasks;

    WorkerTaskCheck(WorkerTasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public String type() {
        return EventTypes.WORKER_TASK;
    }

    @Override
    public void check(Metadata metadata, String path, Findings findings) {
        tasks.read(metadata.asMap())
                .findings()
                .forEach(finding -> findings.add(path + "." + finding.field(), finding.message()));
    }

    @Override
    public void check(Owner owner, Metadata metadata, String path, Findings findings) {
        WorkerTask task = tasks.read(metadata.asMap());
        if (task.namesAddress()) {
            return;
        }
        Optional<RepoRow> repository = tasks.repository(owner.key(), task.repo());
        String problem = repository.isEmpty() ? "is not registered" : tasks.checkoutProblem(repository.get());
        findings.require(problem == null, path + ".repo", String.valueOf(problem));
    }
}
