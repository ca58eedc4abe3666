package dev.lightning.providers.model.demo;

import dev.lightning.providers.model.ChatModel;
import dev.lightning.providers.model.ModelRequest;
import dev.lightning.providers.model.ModelRequest.Message;
import dev.lightning.providers.model.ModelResult;
import dev.lightning.providers.model.ModelResult.Replied;
import dev.lightning.providers.model.ModelResult.Usage;

/** Answers while no real model is configured, always the same to the same words, and says what it is. */
public final class DemoChatModel implements ChatModel {
    public static final String NAME = "demo";

    private static final int ECHOED_CODE_POINTS = 200;
    private static final int CHARACTERS_PER_TOKEN = 4;

    @Override
    public ModelResult complete(ModelRequest request) {
        String reply = "This is the built-in demo model: set OPENAI_API_KEY for a real one. You said: "
                + cut(lastUserMessage(request));
        long asked = request.messages().stream()
                .mapToLong(message -> tokens(message.content()))
                .sum();
        long answered = tokens(reply);
        return new Replied(reply, NAME, "stop", new Usage(asked, answered, asked + answered), true);
    }

    private static String lastUserMessage(ModelRequest request) {
        return request.messages().reversed().stream()
                .filter(message -> message.role().equals("user"))
                .map(Message::content)
                .findFirst()
                .orElse("nothing");
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= ECHOED_CODE_POINTS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, ECHOED_CODE_POINTS)) + "…";
    }

    private static long tokens(String text) {
        return (text.length() + CHARACTERS_PER_TOKEN - 1L) / CHARACTERS_PER_TOKEN;
    }
}
