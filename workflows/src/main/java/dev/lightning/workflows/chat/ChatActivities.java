package dev.lightning.workflows.chat;

import dev.lightning.workflows.events.Event;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Asks the model; a recorded answer is found again instead of being paid for twice. */
@ActivityInterface
public interface ChatActivities {
    @ActivityMethod(name = "Chat.Reply")
    ChatReply reply(Event chat);
}
