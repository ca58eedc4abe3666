package dev.lightning.bench.bare;

/** Does the two steps as its style says. */
final class BareWorkflowImpl implements BareWorkflow {
    private final BareActivities model;
    private final BareActivities receiver;

    BareWorkflowImpl(BareStyle style) {
        this.model = style.model();
        this.receiver = style.receiver();
    }

    @Override
    public void handle(BareEvent event) {
        receiver.send(new BareMessage(event.id(), model.ask(event.prompt())));
    }
}
