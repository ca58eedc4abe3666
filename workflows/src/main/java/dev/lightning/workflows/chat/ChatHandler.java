package dev.lightning.workflows.chat;

import dev.lightning.workflows.events.Emission;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventHandler;
import dev.lightning.workflows.events.EventSubmission;
import dev.lightning.workflows.events.EventTypes;
import dev.lightning.workflows.events.Handled;
import io.temporal.workflow.Workflow;
import java.util.List;

/** Answers {@code llm.chat} with what the model says. */
public final class ChatHandler implements EventHandler {
    @Override
    public boolean handles(String type) {
        return type.equals(EventTypes.LLM_CHAT);
    }

    @Override
    public String step() {
        return "chat";
    }

    @Override
    public Handled handle(Event event, EventSubmission submission) {
        ChatActivities chat = Workflow.newActivityStub(
                ChatActivities.class,
                ChatPolicy.options(submission.modelQueue(), event.metadata().text("model")));
        ChatReply reply = chat.reply(event);
        return Handled.done(
                reply.attempts(),
                List.of(new Emission(EventTypes.LLM_CHAT_RESPONSE, reply.metadata(), reply.blobRef())));
    }
}
