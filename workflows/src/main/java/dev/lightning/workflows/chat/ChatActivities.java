package dev.lightning.workflows.chat;

import dev.lightning.workflows.events.Event;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/** Asks the model; a recorded answer is found again instead of being paid for twice. */
@ActivityInterface
public interface ChatActivities {
    /**
     * Asks once.
     *
     * @param soFar the tools that the model may call and what became of its calls; null for a chat without tools
     */
    @ActivityMethod(name = "Chat.Reply")
    ChatReply reply(Event chat, @Nullable ChatExchange soFar);
}
