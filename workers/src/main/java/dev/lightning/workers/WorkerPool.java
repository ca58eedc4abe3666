package dev.lightning.workers;

import io.temporal.common.metadata.POJOActivityImplMetadata;
import io.temporal.common.metadata.POJOWorkflowInterfaceMetadata;
import io.temporal.worker.Worker;
import io.temporal.workflow.Functions.Func;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** One line of the table of pools: what a worker of this task queue can do. */
record WorkerPool(String queue, List<Story<?>> workflows, List<Object> activities) {
    /** A workflow type with the factory of its implementation, so that implementations may take arguments. */
    record Story<T>(Class<T> type, Func<T> factory) {
        private void registerWith(Worker worker) {
            worker.registerWorkflowImplementationFactory(type, factory);
        }

        private String name() {
            return POJOWorkflowInterfaceMetadata.newInstance(type)
                    .getWorkflowType()
                    .orElseThrow();
        }
    }

    WorkerPool {
        workflows = List.copyOf(workflows);
        activities = List.copyOf(activities);
    }

    void registerWith(Worker worker) {
        workflows.forEach(story -> story.registerWith(worker));
        worker.registerActivitiesImplementations(activities.toArray());
    }

    SortedSet<String> workflowTypes() {
        SortedSet<String> names = new TreeSet<>();
        workflows.forEach(story -> names.add(story.name()));
        return names;
    }

    SortedSet<String> activityTypes() {
        SortedSet<String> names = new TreeSet<>();
        activities.forEach(activity -> POJOActivityImplMetadata.newInstance(activity.getClass())
                .getActivityMethods()
                .forEach(method -> names.add(method.getActivityTypeName())));
        return names;
    }
}
