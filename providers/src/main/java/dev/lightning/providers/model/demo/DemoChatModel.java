package dev.lightning.providers.model.demo;

import dev.lightning.providers.model.ChatModel;
import dev.lightning.providers.model.ModelRequest;
import dev.lightning.providers.model.ModelRequest.Message;
import dev.lightning.providers.model.ModelResult;
import dev.lightning.providers.model.ModelResult.Replied;
import dev.lightning.providers.model.ModelResult.Usage;
import dev.lightning.providers.model.ModelToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Answers while no real model is configured, always the same to the same words, and says what it is.
 *
 * <p>It calls a tool when it is told to: every line {@code use <name of a tool> <arguments as JSON>} of the last question is
 * a call where any tool is offered, and what the tools say is its answer. Only an offered one can go without arguments.
 */
public final class DemoChatModel implements ChatModel {
    public static final String NAME = "demo";

    private static final Pattern USE = Pattern.compile("(?im)^[ \\t]*use[ \\t]+([a-z0-9-]+)[ \\t]*(.*)$");
    private static final String INTRODUCTION = "This is the built-in demo model: set OPENAI_API_KEY for a real one. ";
    private static final int ECHOED_CODE_POINTS = 200;
    private static final int CHARACTERS_PER_TOKEN = 4;

    @Override
    public ModelResult complete(ModelRequest request) {
        List<String> heard = heardFromTools(request.messages());
        List<ModelToolCall> calls = heard.isEmpty() ? calls(request) : List.of();
        if (!calls.isEmpty()) {
            long asking =
                    calls.stream().mapToLong(call -> tokens(call.arguments())).sum();
            return new Replied("", NAME, "tool_calls", usage(request, asking), true, calls);
        }
        String reply = heard.isEmpty()
                ? INTRODUCTION + "You said: " + cut(lastUserMessage(request))
                : INTRODUCTION + "The tools said: "
                        + heard.stream().map(DemoChatModel::cut).collect(Collectors.joining(" "));
        return new Replied(reply, NAME, "stop", usage(request, tokens(reply)), true);
    }

    /** What the conversation ends with, when that is what tools said. */
    private static List<String> heardFromTools(List<Message> messages) {
        return messages.reversed().stream()
                .takeWhile(message -> message.role().equals("tool"))
                .map(Message::content)
                .toList()
                .reversed();
    }

    private static List<ModelToolCall> calls(ModelRequest request) {
        List<ModelToolCall> calls = new ArrayList<>();
        Matcher told = USE.matcher(lastUserMessage(request));
        while (told.find()) {
            String name = told.group(1);
            String arguments = told.group(2).isBlank() ? "{}" : told.group(2).strip();
            boolean offered =
                    request.tools().stream().anyMatch(tool -> tool.name().equals(name));
            if (offered
                    || (!request.tools().isEmpty()
                            && arguments.startsWith("{")
                            && !told.group(2).isBlank())) {
                calls.add(new ModelToolCall("call_" + (calls.size() + 1), name, arguments));
            }
        }
        return calls;
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

    private static Usage usage(ModelRequest request, long answered) {
        long asked = request.messages().stream()
                .mapToLong(message -> tokens(message.content()))
                .sum();
        return new Usage(asked, answered, asked + answered);
    }

    private static long tokens(String text) {
        return (text.length() + CHARACTERS_PER_TOKEN - 1L) / CHARACTERS_PER_TOKEN;
    }
}
