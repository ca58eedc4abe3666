package dev.lightning.azurestandin.arm;

/** Does what a user asks of a resource that is there, such as to start or to run a command, with its time and its faults. */
public final class Actions {
    private final ResourceType type;
    private final Operations operations;
    private final Trouble trouble;

    Actions(ResourceType type, Operations operations, Trouble trouble) {
        this.type = type;
        this.operations = operations;
        this.trouble = trouble;
    }

    /**
     * Begins it, during which others are refused; answers 202 with the addresses at which to ask.
     *
     * @param result what the request would have got, had it waited
     */
    public ArmResponse accept(ArmRequest request, Resource resource, Work work, ArmResponse result) {
        synchronized (resource) {
            if (resource.state().isTransitional()) {
                throw type.busy(resource);
            }
            resource.enter(ProvisioningState.UPDATING, null);
        }
        return operations.start(
                request,
                resource.location(),
                trouble.slower(),
                () -> run(resource, work),
                ArmResponse.empty(202),
                () -> result);
    }

    private void run(Resource resource, Work work) throws InterruptedException {
        ProvisioningState next = ProvisioningState.FAILED;
        try {
            trouble.throwFailure();
            work.run();
            next = ProvisioningState.SUCCEEDED;
        } finally {
            resource.settle(next, null);
        }
    }
}
