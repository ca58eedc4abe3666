package dev.lightning.workflows.chat;

import dev.lightning.workflows.chat.ToolCall.Refusal;
import dev.lightning.workflows.events.Called;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Reason;
import dev.lightning.workflows.tools.TaskId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says results as the model reads them, in no more bytes than a chat may carry through its history. */
final class ToolAnswers {
    /** What a failed program says on its standard error is worth reading, but only so much of it. */
    private static final int ERROR_BYTES = 2 << 10;

    private int left = ChatLimits.ALL_RESULT_BYTES;

    static ToolAnswer refused(@Nullable Refusal refusal) {
        Refusal why = Objects.requireNonNull(refusal);
        return new ToolAnswer(null, why.code(), error(why.message()));
    }

    /** How many bytes each of so many results may have: together half of what is left, so that later ones get some too. */
    int share(int sharers) {
        return Math.clamp(left / 2 / Math.max(sharers, 1), ChatLimits.LEAST_RESULT_BYTES, ChatLimits.RESULT_BYTES);
    }

    ToolAnswer of(String tool, Called called, int most) {
        String taskId = TaskId.of(called.event().id(), tool);
        Reason reason = called.reason();
        if (reason != null || called.said() == null) {
            String message = reason == null ? "It said nothing" : reason.message();
            return new ToolAnswer(taskId, reason == null ? "internal" : reason.code(), error(message));
        }
        Metadata content = content(called.said().metadata(), most);
        left = Math.max(0, left - JsonSize.of(content.asMap()));
        return new ToolAnswer(taskId, null, content);
    }

    private static Metadata error(String message) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("error", JsonSize.end(message, ChatLimits.LEAST_RESULT_BYTES));
        return Metadata.of(content);
    }

    private static Metadata content(Metadata result, int most) {
        Map<String, Object> content = new LinkedHashMap<>();
        Object exitCode = result.get("exitCode");
        if (exitCode != null) {
            content.put("exitCode", exitCode);
        }
        if (Boolean.TRUE.equals(result.get("outOfMemory"))) {
            content.put("outOfMemory", true);
        }
        Object data = result.get("data");
        if (data != null && JsonSize.of(data) <= most) {
            content.put("data", data);
        } else {
            addEnd(content, "stdout", result.text("stdout"), most);
        }
        if (exitCode instanceof Number code && code.intValue() != 0) {
            addEnd(content, "stderr", result.text("stderr"), Math.min(most, ERROR_BYTES));
        }
        return Metadata.of(content);
    }

    private static void addEnd(Map<String, Object> content, String name, @Nullable String text, int most) {
        if (text == null || text.isEmpty()) {
            return;
        }
        String end = JsonSize.end(text, most);
        content.put(name, end);
        if (end.length() < text.length()) {
            content.put(name + "Truncated", true);
        }
    }
}
