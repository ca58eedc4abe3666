package dev.lightning.workflows.events;

import java.util.List;
import java.util.regex.Pattern;

/** The event types that the platform itself gives a meaning to; any other dotted name is welcome too. */
public final class EventTypes {
    public static final String LLM_CHAT = "llm.chat";
    public static final String LLM_CHAT_RESPONSE = "llm.chat.response";
    public static final String USER_MESSAGE = "user.message";
    public static final String SCHEDULE_TRIGGERED = "schedule.triggered";
    public static final String WORKER_TASK = "worker.task";
    public static final String WORKER_TASK_RESULT = "worker.task.result";

    /** Starts a function and nothing else; only invoking a function makes such an event. */
    public static final String HTTP_INVOKE = "http.invoke";

    private static final Pattern DOTTED_NAME = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");
    private static final Pattern TOOL_RUN = Pattern.compile("tool\\..+\\.(call|result)");
    private static final List<String> PLATFORM_ONLY = List.of(LLM_CHAT_RESPONSE, WORKER_TASK_RESULT, HTTP_INVOKE);

    private static final String TOOL = "tool.";
    private static final String CALL = ".call";

    private EventTypes() {}

    /** The type of the events with which a chat's model calls a tool; only that tool takes them. */
    public static String toolCall(String tool) {
        return TOOL + tool + CALL;
    }

    /** Whether events of this type are calls of a tool. */
    public static boolean isToolCall(String type) {
        return type.startsWith(TOOL) && type.endsWith(CALL);
    }

    /** Whether this is a lower-case dotted name of at most 128 characters. */
    public static boolean isWellFormed(String type) {
        return type.length() <= 128 && DOTTED_NAME.matcher(type).matches();
    }

    /** Whether only the platform emits this type, so that a client who posts it would be forging it. */
    public static boolean isPlatformOnly(String type) {
        return PLATFORM_ONLY.contains(type) || TOOL_RUN.matcher(type).matches();
    }
}
