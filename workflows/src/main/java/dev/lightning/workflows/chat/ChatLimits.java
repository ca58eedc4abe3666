package dev.lightning.workflows.chat;

/** How far a chat may go with tools; what the model wants beyond is refused in words that it can read. */
public final class ChatLimits {
    /** How often the model is asked in one chat; when it still wants tools then, the chat ends with a reply of ours. */
    public static final int MODEL_CALLS = 8;

    /** How many tools one chat is offered. */
    public static final int TOOLS = 32;

    /** Bytes of names, descriptions and schemas of all that is offered; they travel with every model call. */
    public static final int OFFERED_BYTES = 48 << 10;

    /** How many calls of one answer are made. */
    public static final int CALLS_PER_ANSWER = 16;

    /** How many calls of one answer are taken notice of; a model that proposes more is broken. */
    public static final int MENTIONED_CALLS = 32;

    /** How many calls are made in one chat. */
    public static final int CALLS = 32;

    /** Bytes of one call's arguments, and of those of all calls of a chat together. */
    public static final int ARGUMENT_BYTES = 16 << 10;

    public static final int ALL_ARGUMENT_BYTES = 48 << 10;

    /** Bytes of what the model says beside its calls that it is reminded of. */
    public static final int REMARK_BYTES = 2 << 10;

    /** Bytes of one tool's result as the model reads it, and of those of all results of a chat together. */
    public static final int RESULT_BYTES = 16 << 10;

    public static final int ALL_RESULT_BYTES = 64 << 10;

    /** Bytes that every result may have, however many there were before. */
    static final int LEAST_RESULT_BYTES = 512;

    private ChatLimits() {}
}
