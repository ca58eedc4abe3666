package dev.lightning.api.events;

/** Tells which steps wait for somebody's approval, which the workflow of the event does not see. */
@FunctionalInterface
interface WaitingTasks {
    boolean awaitApproval(String ownerKey, String taskId);
}
