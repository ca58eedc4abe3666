package dev.lightning.workflows.testing;

import dev.lightning.workflows.chat.ChatActivities;
import dev.lightning.workflows.chat.ChatFailure;
import dev.lightning.workflows.chat.ChatReply;
import dev.lightning.workflows.events.Attempts;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.Metadata;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A model that says what the test told it to, in order, and "hello" after that. */
public final class ScriptedChat implements ChatActivities {
    public final AtomicInteger calls = new AtomicInteger();
    private final Queue<Supplier<ChatReply>> script = new ConcurrentLinkedQueue<>();

    public ScriptedChat says(String reply) {
        script.add(() -> reply(reply));
        return this;
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
    public ChatReply reply(Event chat) {
        calls.incrementAndGet();
        Supplier<ChatReply> next = script.poll();
        return next == null ? reply("hello") : next.get();
    }

    private static ChatReply reply(String text) {
        return new ChatReply(Metadata.of(Map.of("reply", text)), null, new Attempts(attempt(), null));
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
