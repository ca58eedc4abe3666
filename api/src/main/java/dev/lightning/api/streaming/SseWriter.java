package dev.lightning.api.streaming;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes server-sent events; what it is given has no line breaks, which compact JSON and our ids never have. */
public final class SseWriter {
    private final OutputStream out;
    private long lastWritten = System.nanoTime();

    SseWriter(OutputStream out) {
        this.out = out;
    }

    /** Opens the stream and tells the client how long to wait before it comes back. */
    void open(long reconnectMillis) throws IOException {
        write("retry: " + reconnectMillis + "\n: open\n\n");
        flush();
    }

    /** Writes what clients pass over, so that a vanished one is noticed. */
    void comment(String text) throws IOException {
        write(": " + text + "\n\n");
        flush();
    }

    /**
     * Writes an event, which is sent when the feed has told all that it has at the moment: many small ones go together.
     *
     * @param id where a client that comes back says it wants to go on, null when the stream always begins with now
     */
    public void event(String name, @Nullable String id, String data) throws IOException {
        write("event: " + name + (id == null ? "" : "\nid: " + id) + "\ndata: " + data + "\n\n");
    }

    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastWritten);
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        lastWritten = System.nanoTime();
    }

    /** Sends what was written. */
    void flush() throws IOException {
        out.flush();
    }
}
