package dev.lightning.activities.chat;

import dev.lightning.workflows.chat.ChatExchange;
import dev.lightning.workflows.chat.ChatRound;
import dev.lightning.workflows.chat.ToolAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a reply says of the calls behind it: which tool, which run, and why there was no result; no arguments. */
final class CallsSaid {
    private static final int MOST = 100;

    private CallsSaid() {}

    static List<Map<String, Object>> of(@Nullable ChatExchange soFar) {
        List<Map<String, Object>> said = new ArrayList<>();
        for (ChatRound round : soFar == null ? List.<ChatRound>of() : soFar.rounds()) {
            for (int at = 0; at < round.calls().size() && said.size() < MOST; at++) {
                said.add(one(round.calls().get(at).name(), round.answers().get(at)));
            }
        }
        return said;
    }

    private static Map<String, Object> one(String name, ToolAnswer answer) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", name);
        if (answer.taskId() != null) {
            values.put("taskId", answer.taskId());
        }
        if (answer.code() != null) {
            values.put("error", answer.code());
        }
        return values;
    }
}
