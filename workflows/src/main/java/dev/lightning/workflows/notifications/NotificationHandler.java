package dev.lightning.workflows.notifications;

import dev.lightning.workflows.events.Attempts;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventHandler;
import dev.lightning.workflows.events.EventSubmission;
import dev.lightning.workflows.events.EventTypes;
import dev.lightning.workflows.events.Failures;
import dev.lightning.workflows.events.Handled;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;

/**
 * Tells the user: at once if possible, within a minute inside the event, and after that in a {@link DeliveryWorkflow}.
 *
 * <p>A message is a promise: cancelling its event hands the delivery over instead of recalling it.
 */
public final class NotificationHandler implements EventHandler {
    private static final Logger log = Workflow.getLogger(NotificationHandler.class);

    @Override
    public boolean handles(String type) {
        return type.equals(EventTypes.USER_MESSAGE) || type.equals(EventTypes.LLM_CHAT_RESPONSE);
    }

    @Override
    public String step() {
        return "notify";
    }

    @Override
    public Handled handle(Event event, EventSubmission submission) {
        DeliveryReply first = announce(event);
        if (first.state() != DeliveryState.PENDING) {
            return handled(first);
        }
        Attempts tried = first.attempts();
        try {
            Workflow.sleep(gapAfter(tried.count()));
            NotificationActivities within =
                    Workflow.newActivityStub(NotificationActivities.class, NotificationPolicy.WITHIN_THE_EVENT);
            return handled(within.deliver(new Announcement(event, tried.count())));
        } catch (ActivityFailure failure) {
            return handOver(event, together(tried, Failures.attempts(failure)), failure);
        } catch (CanceledFailure cancelled) {
            return handOver(event, tried, cancelled);
        }
    }

    /** The first attempt is local, which persists nothing of its own; where it fails as such, a regular one repeats it. */
    private static DeliveryReply announce(Event event) {
        Announcement announcement = new Announcement(event, 0);
        try {
            return Workflow.newLocalActivityStub(NotificationActivities.class, NotificationPolicy.AT_ONCE)
                    .announce(announcement);
        } catch (ActivityFailure failure) {
            return Workflow.newActivityStub(NotificationActivities.class, NotificationPolicy.FOR_DAYS)
                    .announce(announcement);
        }
    }

    private static Duration gapAfter(int attempt) {
        return NotificationPolicy.gapAfter(attempt, Workflow.newRandom().nextDouble());
    }

    private static Handled handled(DeliveryReply reply) {
        return switch (reply.state()) {
            case DELIVERED, SKIPPED -> Handled.done(reply.attempts(), List.of());
            case NOTIFY_FAILED -> Handled.failed(reply.attempts());
            case PENDING -> Handled.handedOver(reply.attempts());
        };
    }

    private static Handled handOver(Event event, Attempts tried, TemporalFailure why) {
        Workflow.newDetachedCancellationScope(() -> startDelivery(event, tried.count()))
                .run();
        Handled handedOver = Handled.handedOver(tried);
        return Failures.isCancellation(why) ? handedOver.thenCancelled(why) : handedOver;
    }

    /** An activity that was cancelled does not say how its attempts went; the first one did. */
    private static Attempts together(Attempts first, Attempts more) {
        return new Attempts(
                Math.max(more.count(), first.count() + 1),
                more.lastError() == null ? first.lastError() : more.lastError());
    }

    /** A delivery of the same message that is under way already, from an earlier run of the event, is as good. */
    private static void startDelivery(Event event, int attemptsBefore) {
        DeliveryWorkflow delivery = Workflow.newChildWorkflowStub(
                DeliveryWorkflow.class,
                ChildWorkflowOptions.newBuilder()
                        .setWorkflowId(DeliveryWorkflowId.of(event))
                        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                        .setStaticSummary("deliver " + event.type() + " to "
                                + event.owner().userId())
                        .build());
        Duration firstGap = gapAfter(attemptsBefore);
        Async.function(delivery::deliver, new Announcement(event, attemptsBefore), firstGap);
        try {
            Workflow.getWorkflowExecution(delivery).get();
        } catch (ChildWorkflowFailure underWay) {
            log.info("event=delivery.under_way workflow={}", DeliveryWorkflowId.of(event));
        }
    }
}
