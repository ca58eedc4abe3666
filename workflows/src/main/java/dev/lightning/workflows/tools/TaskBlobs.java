package dev.lightning.workflows.tools;

import dev.lightning.workflows.events.Owner;

/** Where the blob store keeps what a run wrote and left; who collects and who shows find it by the task alone. */
public record TaskBlobs(String prefix) {
    public static TaskBlobs of(Owner owner, String taskId) {
        return new TaskBlobs("tasks/" + owner.key() + "/" + taskId);
    }

    public static TaskBlobs of(ToolRunOrder order) {
        return of(order.event().owner(), order.taskId());
    }

    public String stdout() {
        return prefix + "/stdout";
    }

    public String stderr() {
        return prefix + "/stderr";
    }

    /** The whole metadata of a result event that is too large for a history. */
    public String result() {
        return prefix + "/result.json";
    }

    /** The {@code n}th file in the order of the result's {@code artifacts}, from 0. */
    public String file(int n) {
        return prefix + "/files/" + n;
    }
}
