package dev.lightning.workflows.chat;

import dev.lightning.workflows.events.Metadata;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads metadata as a chat and collects everything that is wrong with it in one go. */
final class ChatPromptReader {
    private static final List<String> ROLES = List.of("system", "user", "assistant");
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9._:/@-]{1,128}");
    private static final Pattern THREAD_ID = Pattern.compile("(?!\\.+$)[A-Za-z0-9._~-]{1,128}");
    private static final Pattern TOOL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final BigDecimal HOTTEST = BigDecimal.valueOf(2);

    private final Metadata metadata;
    private final List<ChatPrompt.Turn> turns = new ArrayList<>();
    private final List<ChatPrompt.Finding> findings = new ArrayList<>();

    ChatPromptReader(Metadata metadata) {
        this.metadata = metadata;
    }

    ChatPrompt read() {
        readSystem();
        readConversation();
        String model = readName("model", MODEL, "must be 1 to 128 of letters, digits and ._:/@-");
        Double temperature = readShare("temperature", HOTTEST, "must be a number from 0 to 2");
        Integer maxTokens = readMaxTokens();
        Double topP = readShare("top_p", BigDecimal.ONE, "must be a number from 0 to 1");
        String threadId =
                readName("threadId", THREAD_ID, "must be 1 to 128 of letters, digits and ._~-, and not dots only");
        return new ChatPrompt(turns, model, temperature, maxTokens, topP, threadId, readTools(), findings);
    }

    private void readSystem() {
        Object system = metadata.get("system");
        if (system != null) {
            addTurn("system", system, "system");
        }
    }

    private void readConversation() {
        Object messages = metadata.get("messages");
        Object prompt = metadata.get("prompt");
        if (messages == null && prompt == null) {
            find("messages", "must be given, or prompt for a single message");
        }
        if (messages != null && prompt != null) {
            find("prompt", "must not be given together with messages");
        }
        if (prompt != null) {
            addTurn("user", prompt, "prompt");
        }
        if (messages instanceof List<?> list && !list.isEmpty()) {
            readMessages(list);
        } else if (messages != null) {
            find("messages", "must be an array of at least one message");
        }
    }

    private void readMessages(List<?> messages) {
        for (int index = 0; index < messages.size(); index++) {
            String path = "messages[" + index + "]";
            if (messages.get(index) instanceof Map<?, ?> message) {
                readMessage(message, path);
            } else {
                find(path, "must be an object with role and content");
            }
        }
    }

    private void readMessage(Map<?, ?> message, String path) {
        String role = message.get("role") instanceof String name && ROLES.contains(name) ? name : null;
        if (role == null) {
            find(path + ".role", "must be one of system, user, assistant");
        }
        addTurn(role == null ? "user" : role, message.get("content"), path + ".content");
    }

    private void addTurn(String role, @Nullable Object content, String field) {
        if (content instanceof String text && !text.isBlank()) {
            turns.add(new ChatPrompt.Turn(role, text));
        } else {
            find(field, "must be a text that is not blank");
        }
    }

    private @Nullable String readName(String field, Pattern pattern, String message) {
        Object value = metadata.get(field);
        if (value == null) {
            return null;
        }
        if (value instanceof String text && pattern.matcher(text).matches()) {
            return text;
        }
        find(field, message);
        return null;
    }

    private @Nullable Double readShare(String field, BigDecimal most, String message) {
        Object value = metadata.get(field);
        if (value == null) {
            return null;
        }
        BigDecimal number = exact(value);
        if (number != null && number.signum() >= 0 && number.compareTo(most) <= 0) {
            return number.doubleValue();
        }
        find(field, message);
        return null;
    }

    private @Nullable Integer readMaxTokens() {
        Object value = metadata.get("max_tokens");
        if (value == null) {
            return null;
        }
        if (value instanceof Integer number && number > 0) {
            return number;
        }
        find("max_tokens", "must be a whole number from 1 to " + Integer.MAX_VALUE);
        return null;
    }

    private @Nullable List<String> readTools() {
        Object value = metadata.get("tools");
        if (value == null || Boolean.TRUE.equals(value)) {
            return null;
        }
        if (Boolean.FALSE.equals(value)) {
            return List.of();
        }
        if (value instanceof List<?> list
                && list.size() <= ChatLimits.TOOLS
                && list.stream().allMatch(this::isTool)) {
            return list.stream().map(String.class::cast).distinct().toList();
        }
        find("tools", "must be true, false or a list of at most " + ChatLimits.TOOLS + " names of tools");
        return null;
    }

    private boolean isTool(@Nullable Object name) {
        return name instanceof String text && TOOL.matcher(text).matches();
    }

    private static @Nullable BigDecimal exact(Object value) {
        return switch (value) {
            case Integer number -> BigDecimal.valueOf(number);
            case Long number -> BigDecimal.valueOf(number);
            case BigInteger number -> new BigDecimal(number);
            case BigDecimal number -> number;
            default -> null;
        };
    }

    private void find(String field, String message) {
        findings.add(new ChatPrompt.Finding(field, message));
    }
}
