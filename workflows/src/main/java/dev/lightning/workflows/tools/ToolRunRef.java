package dev.lightning.workflows.tools;

/**
 * Names a run to those who look after it, in few bytes: it is in the history once for every look.
 *
 * @param workflowId from which the name of everything provisioned follows
 * @param runtime where the run is
 */
public record ToolRunRef(String taskId, String workflowId, String runtime) {
    public static ToolRunRef of(ToolRunOrder order) {
        return new ToolRunRef(
                order.taskId(),
                TaskId.workflowId(order.event().owner(), order.taskId()),
                order.tool().runtime());
    }
}
