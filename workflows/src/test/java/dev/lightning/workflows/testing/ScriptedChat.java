package dev.lightning.workflows.testing;

import dev.lightning.workflows.chat.ChatActivities;
import dev.lightning.workflows.chat.ChatExchange;
import dev.lightning.workflows.chat.ChatFailure;
import dev.lightning.workflows.chat.ChatReply;
import dev.lightning.workflows.chat.FailedTry;
import dev.lightning.workflows.chat.QuickReply;
import dev.lightning.workflows.chat.ToolCall;
import dev.lightning.workflows.events.Attempts;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.Metadata;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A model that says what the test told it to, in order, and "hello" after that. */
public final class ScriptedChat implements ChatActivities {
    public final AtomicInteger calls = new AtomicInteger();
    public final List<ChatExchange> exchanges = new CopyOnWriteArrayList<>();
    private final Queue<Supplier<ChatReply>> script = new ConcurrentLinkedQueue<>();
    private volatile @Nullable String underWay;

    public ScriptedChat says(String reply) {
        script.add(() -> reply(reply));
        return this;
    }

    /** Takes longer than a quick answer may, in the process behind this queue. */
    public ScriptedChat takesLongerIn(String queue) {
        underWay = queue;
        return this;
    }

    /** Wants these tools called before it says more. */
    public ScriptedChat asksFor(ToolCall... wanted) {
        script.add(() -> new ChatReply(
                Metadata.of(Map.of("reply", "", "finishReason", "tool_calls")),
                null,
                new Attempts(attempt(), null),
                List.of(wanted)));
        return this;
    }

    public static ToolCall call(String tool) {
        return new ToolCall("call-" + tool, tool, Metadata.of(Map.of("n", 1)), null, null);
    }

    public ScriptedChat fails(ChatFailure failure, String why) {
        script.add(() -> {
            throw failure(failure, why);
        });
        return this;
    }

    public ScriptedChat asksToWait(Duration pause) {
        script.add(() -> {
            throw ApplicationFailure.newBuilder()
                    .setType(ChatFailure.THROTTLED.type())
                    .setMessage("slow down")
                    .setDetails(attempt())
                    .setNextRetryDelay(pause)
                    .build();
        });
        return this;
    }

    public ScriptedChat alwaysFails(ChatFailure failure, String why) {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            fails(failure, why);
        }
        return this;
    }

    @Override
    public ChatReply reply(Event chat, @Nullable ChatExchange soFar, @Nullable FailedTry tried) {
        if (tried != null && attempt() == 1) {
            throw failure(tried);
        }
        return next(soFar);
    }

    /** Answers at once, and hands on what may pass, as the real one does. */
    @Override
    public QuickReply quickReply(Event chat) {
        String slow = underWay;
        if (slow != null) {
            return QuickReply.underWay(slow);
        }
        try {
            return QuickReply.answered(next(null));
        } catch (ApplicationFailure failure) {
            if (failure.isNonRetryable()) {
                throw failure;
            }
            Duration pause = failure.getNextRetryDelay();
            return QuickReply.failed(new FailedTry(
                    failure.getType().equals(ChatFailure.THROTTLED.type())
                            ? ChatFailure.THROTTLED
                            : ChatFailure.UNAVAILABLE,
                    failure.getOriginalMessage(),
                    pause == null ? null : pause.toMillis()));
        }
    }

    private static ApplicationFailure failure(FailedTry tried) {
        return ApplicationFailure.newBuilder()
                .setType(tried.kind().type())
                .setMessage(tried.message())
                .setDetails(1)
                .setNextRetryDelay(tried.pauseMillis() == null ? null : Duration.ofMillis(tried.pauseMillis()))
                .build();
    }

    private ChatReply next(@Nullable ChatExchange soFar) {
        calls.incrementAndGet();
        if (soFar != null) {
            exchanges.add(soFar);
        }
        Supplier<ChatReply> next = script.poll();
        return next == null ? reply("hello") : next.get();
    }

    private static ChatReply reply(String text) {
        return new ChatReply(Metadata.of(Map.of("reply", text)), null, new Attempts(attempt(), null), null);
    }

    private static ApplicationFailure failure(ChatFailure failure, String why) {
        return ApplicationFailure.newBuilder()
                .setType(failure.type())
                .setMessage(why)
                .setDetails(attempt())
                .setNonRetryable(failure == ChatFailure.REJECTED || failure == ChatFailure.INVALID)
                .build();
    }

    private static int attempt() {
        return Activity.getExecutionContext().getInfo().getAttempt();
    }
}
