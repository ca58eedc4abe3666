package dev.lightning.workflows.tools;

import dev.lightning.workflows.events.Emission;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventAttributes;
import dev.lightning.workflows.events.EventTaker;
import dev.lightning.workflows.events.Failures;
import dev.lightning.workflows.events.Offer;
import dev.lightning.workflows.events.Reason;
import dev.lightning.workflows.events.StoreCalls;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.common.SearchAttributes;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The registered tools as the workflow of an event sees them. */
public final class ToolRuns implements EventTaker.Registry {
    private final StoreCalls<ToolActivities> store = new StoreCalls<>(ToolActivities.class);
    private boolean any = true;

    /**
     * The tools that take this event, a worker task's own among them, and those that its handler may call; an owner without
     * any is asked about once.
     */
    @Override
    public List<EventTaker> takersOf(Event event) {
        if (!any) {
            return List.of();
        }
        ToolMatches matches = store.ask(tools -> tools.match(event));
        any = matches.others() || !matches.tools().isEmpty();
        List<ToolOffer> offers = matches.offers() == null ? List.of() : matches.offers();
        return Stream.concat(
                        matches.tools().stream().map(tool -> new Run(tool, null)),
                        offers.stream().map(offered -> new Run(offered.tool(), offered.offer())))
                .<EventTaker>map(run -> run)
                .toList();
    }

    /** A run of the tool in a workflow of its own. */
    private record Run(ToolSpec tool, @Nullable Offer offer) implements EventTaker {
        @Override
        public String step() {
            return tool.name();
        }

        @Override
        public Emission take(Event event) {
            ToolRunResult result = await(event);
            Reason reason = result.reason();
            if (reason != null) {
                throw failure(reason);
            }
            return new Emission(tool.resultType(), result.metadata(), result.blobRef());
        }

        private ToolRunResult await(Event event) {
            String taskId = TaskId.of(event.id(), tool.name());
            ToolRunWorkflow run = Workflow.newChildWorkflowStub(ToolRunWorkflow.class, options(event, taskId));
            try {
                return run.run(new ToolRunOrder(taskId, event, tool, null));
            } catch (ChildWorkflowFailure ended) {
                if (Failures.isCancellation(ended)
                        && !CancellationScope.current().isCancelRequested()) {
                    throw failure(ToolRunWorkflowImpl.CANCELLED);
                }
                throw ended;
            }
        }

        private ChildWorkflowOptions options(Event event, String taskId) {
            return ChildWorkflowOptions.newBuilder()
                    .setWorkflowId(TaskId.workflowId(event.owner(), taskId))
                    .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
                    .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
                    .setTypedSearchAttributes(SearchAttributes.newBuilder()
                            .set(EventAttributes.TYPE, event.type())
                            .set(EventAttributes.USER, event.owner().key())
                            .set(EventAttributes.STATUS, ToolRunState.REQUESTED.name())
                            .build())
                    .setStaticSummary(tool.name() + " for " + event.type() + " from "
                            + event.owner().userId())
                    .build();
        }

        private ApplicationFailure failure(Reason reason) {
            return ApplicationFailure.newNonRetryableFailure(tool.name() + ": " + reason.message(), reason.code());
        }
    }
}
