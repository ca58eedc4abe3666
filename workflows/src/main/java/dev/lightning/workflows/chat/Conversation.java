package dev.lightning.workflows.chat;

import dev.lightning.workflows.chat.ToolCall.Refusal;
import dev.lightning.workflows.events.Called;
import dev.lightning.workflows.events.Calls;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Offer;
import io.temporal.workflow.Promise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A chat with tools: the model is asked, what it calls runs side by side, and it is asked again with the results. */
final class Conversation {
    private static final String LIMIT = "tool_limit";
    private static final String LIMIT_REACHED = "This chat ended without an answer: after " + ChatLimits.MODEL_CALLS
            + " questions the model still asked for tools, and it is not asked more often.";
    private static final Refusal NOT_OFFERED = new Refusal("chat.unknown_tool", "There is no such tool");

    private final Event chat;
    private final ChatActivities model;
    private final Calls calls;
    private final List<ChatRound> rounds = new ArrayList<>();
    private final ToolAnswers answers = new ToolAnswers();

    Conversation(Event chat, ChatActivities model, Calls calls) {
        this.chat = chat;
        this.model = model;
        this.calls = calls;
    }

    ChatReply lead() {
        while (true) {
            ChatReply reply = ask();
            List<ToolCall> proposed = reply.calls();
            if (proposed == null || proposed.isEmpty()) {
                return reply;
            }
            if (rounds.size() + 1 >= ChatLimits.MODEL_CALLS) {
                return ended(reply);
            }
            rounds.add(new ChatRound(reply.metadata(), proposed, make(proposed)));
        }
    }

    private ChatReply ask() {
        String step = rounds.isEmpty() ? ChatHandler.STEP : ChatHandler.STEP + " round " + (rounds.size() + 1);
        ChatExchange soFar = new ChatExchange(calls.offers(), rounds);
        return calls.step(step, () -> model.reply(chat, soFar, null), ChatReply::attempts);
    }

    /** All are waited for, also those that are cancelled with the event. */
    private List<ToolAnswer> make(List<ToolCall> proposed) {
        List<@Nullable Promise<Called>> started = new ArrayList<>();
        for (ToolCall call : proposed) {
            started.add(refusal(call) == null ? start(call, started.size() + 1) : null);
        }
        List<ToolAnswer> made = new ArrayList<>();
        int most = answers.share(proposed.size());
        for (int at = 0; at < proposed.size(); at++) {
            ToolCall call = proposed.get(at);
            Promise<Called> run = started.get(at);
            made.add(run == null ? ToolAnswers.refused(refusal(call)) : answers.of(call.name(), run.get(), most));
        }
        return made;
    }

    private Promise<Called> start(ToolCall call, int n) {
        Metadata arguments = call.arguments();
        return calls.start(
                chat.id().call(rounds.size() + 1, n), call.name(), arguments == null ? Metadata.empty() : arguments);
    }

    /** What the activity decided, and once more that nothing runs which was not offered. */
    private @Nullable Refusal refusal(ToolCall call) {
        boolean offered = calls.offers().stream().map(Offer::name).anyMatch(call.name()::equals);
        return call.refusal() != null || (offered && call.arguments() != null) ? call.refusal() : NOT_OFFERED;
    }

    private static ChatReply ended(ChatReply last) {
        String said = last.metadata().text("reply");
        Metadata metadata = last.metadata()
                .with("reply", said == null || said.isBlank() ? LIMIT_REACHED : said + "\n\n" + LIMIT_REACHED)
                .with("finishReason", LIMIT);
        return new ChatReply(metadata, null, last.attempts(), null);
    }
}
