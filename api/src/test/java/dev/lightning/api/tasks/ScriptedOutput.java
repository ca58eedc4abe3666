package dev.lightning.api.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lightning.providers.runtime.OutputPosition;
import dev.lightning.providers.runtime.OutputReader;
import dev.lightning.providers.runtime.OutputReader.Channel;
import dev.lightning.providers.runtime.OutputRest;
import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A run that writes when a test says so, and knows who follows it. */
final class ScriptedOutput implements LiveOutput {
    final AtomicInteger followers = new AtomicInteger();
    final AtomicInteger asked = new AtomicInteger();
    private final List<LogPiece> written = new ArrayList<>();
    private RunStatus status = new RunStatus.Missing();
    private boolean away;

    /** It runs, and has not written anything. */
    synchronized void begin() {
        status = new RunStatus.Running(Instant.EPOCH);
    }

    synchronized void write(Channel channel, byte[] bytes) {
        begin();
        written.add(new LogPiece(channel, bytes));
        notifyAll();
    }

    void stdout(String text) {
        write(Channel.STDOUT, text.getBytes(UTF_8));
    }

    void stderr(String text) {
        write(Channel.STDERR, text.getBytes(UTF_8));
    }

    synchronized void end() {
        status = new RunStatus.Ended(0, Instant.EPOCH, Instant.EPOCH, false);
        notifyAll();
    }

    /** From here on the runtime cannot be reached, until it can. */
    synchronized void away(boolean now) {
        away = now;
        notifyAll();
    }

    synchronized byte[] all(Channel channel) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        written.stream().filter(piece -> piece.channel() == channel).forEach(piece -> all.writeBytes(piece.bytes()));
        return all.toByteArray();
    }

    @Override
    public RunStatus follow(String workflowId, OutputPosition from, OutputReader reader)
            throws IOException, InterruptedException {
        asked.incrementAndGet();
        followers.incrementAndGet();
        try {
            OutputRest rest = new OutputRest(from, reader);
            for (int next = 0; awaitMore(next); next++) {
                LogPiece piece = piece(next);
                if (!rest.take(piece.channel(), piece.bytes())) {
                    break;
                }
            }
            synchronized (this) {
                return status;
            }
        } finally {
            followers.decrementAndGet();
        }
    }

    private synchronized boolean awaitMore(int next) throws InterruptedException {
        while (next == written.size() && status instanceof RunStatus.Running && !away) {
            wait();
        }
        if (away) {
            throw new RuntimeUnavailableException("The engine is away", null);
        }
        return next < written.size();
    }

    private synchronized LogPiece piece(int index) {
        return written.get(index);
    }
}
