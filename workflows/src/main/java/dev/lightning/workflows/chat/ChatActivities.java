package dev.lightning.workflows.chat;

import dev.lightning.workflows.events.Event;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/** Asks the model; a recorded answer is found again instead of being paid for twice. */
@ActivityInterface
public interface ChatActivities {
    /**
     * Asks once, or waits for the call that is already under way in this process.
     *
     * @param soFar the tools that the model may call and what became of its calls; null for a chat without tools
     * @param tried a call that has failed already and counts as the first attempt of this activity; null when there was none
     */
    @ActivityMethod(name = "Chat.Reply")
    ChatReply reply(Event chat, @Nullable ChatExchange soFar, @Nullable FailedTry tried);

    /**
     * Asks once and waits for no longer than {@link ChatPolicy#QUICK}: a call that takes longer goes on without this, and
     * a failure that may pass is told and not thrown.
     */
    @ActivityMethod(name = "Chat.QuickReply")
    QuickReply quickReply(Event chat);
}
