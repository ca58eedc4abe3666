package dev.lightning.workflows.chat;

import dev.lightning.workflows.events.CallingHandler;
import dev.lightning.workflows.events.Calls;
import dev.lightning.workflows.events.Emission;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventSubmission;
import dev.lightning.workflows.events.EventTypes;
import dev.lightning.workflows.events.Handled;
import java.util.List;

/** Answers {@code llm.chat} with what the model says, after as many calls of tools as it needs and may make. */
public final class ChatHandler implements CallingHandler {
    static final String STEP = "chat";

    @Override
    public boolean handles(String type) {
        return type.equals(EventTypes.LLM_CHAT);
    }

    @Override
    public String step() {
        return STEP;
    }

    @Override
    public Handled handle(Event event, EventSubmission submission) {
        ChatReply reply = new Question(event, submission).ask();
        return Handled.done(reply.attempts(), List.of(response(reply)));
    }

    @Override
    public List<Emission> handle(Event event, EventSubmission submission, Calls calls) {
        ChatReply reply = new Conversation(event, ChatPolicy.model(event, submission), calls).lead();
        return List.of(response(reply));
    }

    private static Emission response(ChatReply reply) {
        return new Emission(EventTypes.LLM_CHAT_RESPONSE, reply.metadata(), reply.blobRef());
    }
}
