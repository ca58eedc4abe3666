package dev.lightning.activities.tools;

import dev.lightning.providers.runtime.FileReader;
import dev.lightning.providers.runtime.KnownRun;
import dev.lightning.providers.runtime.OutputPosition;
import dev.lightning.providers.runtime.OutputReader;
import dev.lightning.providers.runtime.OutputRest;
import dev.lightning.providers.runtime.RunRequest;
import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import dev.lightning.providers.runtime.ToolRuntime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A runtime whose one program does what a test says. */
final class ScriptedRuntime implements ToolRuntime {
    final Map<String, RunRequest> started = new ConcurrentHashMap<>();
    final Map<String, byte[]> files = new LinkedHashMap<>();
    int filesLeftOut;
    String stdout = "";
    String stderr = "";
    volatile RunStatus status = new RunStatus.Ended(0, Instant.ofEpochSecond(100), Instant.ofEpochSecond(107), false);
    volatile @Nullable RuntimeException trouble;
    volatile @Nullable String stuck;
    volatile @Nullable IOException unreadable;
    final List<String> stoppedWhenOverdue = new ArrayList<>();
    final Queue<Duration> removals = new ConcurrentLinkedQueue<>();
    volatile Consumer<RunRequest> onStart = request -> {};
    final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public String kind() {
        return "scripted";
    }

    @Override
    public void start(RunRequest request) {
        RuntimeException now = trouble;
        if (now != null) {
            throw now;
        }
        onStart.accept(request);
        started.put(request.name(), request);
    }

    @Override
    public RunStatus status(String name) {
        return started.containsKey(name) ? status : new RunStatus.Missing();
    }

    @Override
    public RunStatus awaitEnd(String name, Duration patience) throws InterruptedException {
        if (ended.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            status = new RunStatus.Ended(0, Instant.ofEpochSecond(100), Instant.ofEpochSecond(107), false);
        }
        return status(name);
    }

    @Override
    public void stop(String name) {
        ended.countDown();
    }

    @Override
    public void endOverdue() {
        stoppedWhenOverdue.addAll(started.keySet());
    }

    @Override
    public Optional<Duration> remove(String name) {
        if (name.equals(stuck)) {
            throw new RuntimeUnavailableException("It cannot be removed", null);
        }
        Optional<Duration> left = Optional.ofNullable(removals.poll());
        if (left.isEmpty()) {
            started.remove(name);
        }
        return left;
    }

    @Override
    public void output(String name, OutputReader reader) throws IOException {
        IOException now = unreadable;
        if (now != null) {
            throw now;
        }
        boolean _ = reader.take(OutputReader.Channel.STDOUT, stdout.getBytes(StandardCharsets.UTF_8))
                && reader.take(OutputReader.Channel.STDERR, stderr.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public RunStatus follow(String name, OutputPosition from, OutputReader reader) throws IOException {
        output(name, new OutputRest(from, reader));
        return status(name);
    }

    @Override
    public void files(String name, long maxBytes, FileReader reader) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            reader.take(file.getKey(), file.getValue().length, new ByteArrayInputStream(file.getValue()));
        }
        reader.leaveOut(filesLeftOut);
    }

    @Override
    public List<KnownRun> runs() {
        return started.values().stream()
                .map(request -> new KnownRun(request.name(), request.labels().workflowId(), Instant.EPOCH))
                .toList();
    }
}
