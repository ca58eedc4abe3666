package dev.lightning.activities.chat;

import dev.lightning.providers.model.ChatModel;
import dev.lightning.providers.model.ModelRequest;
import dev.lightning.providers.model.ModelResult;
import dev.lightning.providers.model.ModelToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** A model that says what a test tells it to, and can be held up until the test lets it go on. */
final class ScriptedModel implements ChatModel {
    static final ModelResult.Usage USAGE = new ModelResult.Usage(3, 4, 7);

    private final List<ModelRequest> requests = new ArrayList<>();
    private final Queue<ModelResult> script = new ConcurrentLinkedQueue<>();
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private volatile CountDownLatch gate = new CountDownLatch(0);

    ScriptedModel says(ModelResult... results) {
        script.addAll(List.of(results));
        return this;
    }

    static ModelResult text(String text) {
        return new ModelResult.Replied(text, "gpt-test", "stop", USAGE, false);
    }

    /** Asks for tools; names and arguments in turn. */
    static ModelResult asks(String... namesAndArguments) {
        List<ModelToolCall> calls = new ArrayList<>();
        for (int at = 0; at < namesAndArguments.length; at += 2) {
            calls.add(new ModelToolCall("call_" + at / 2, namesAndArguments[at], namesAndArguments[at + 1]));
        }
        return new ModelResult.Replied("", "gpt-test", "tool_calls", USAGE, false, calls);
    }

    /** The next calls wait until the returned latch is counted down. */
    CountDownLatch holdUp() {
        gate = new CountDownLatch(1);
        return gate;
    }

    CountDownLatch interrupted() {
        return interrupted;
    }

    synchronized List<ModelRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public ModelResult complete(ModelRequest request) {
        synchronized (this) {
            requests.add(request);
        }
        try {
            gate.await();
        } catch (InterruptedException calledOff) {
            interrupted.countDown();
            return new ModelResult.Unavailable("interrupted");
        }
        ModelResult next = script.poll();
        return next == null ? text("Hello") : next;
    }
}
