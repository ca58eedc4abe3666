package dev.lightning.api.messages;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes server-sent events; what it is given has no line breaks, which compact JSON and our ids never have. */
final class SseWriter {
    private final OutputStream out;

    SseWriter(OutputStream out) {
        this.out = out;
    }

    /** Opens the stream and tells the client how long to wait before it comes back. */
    void open(long reconnectMillis) throws IOException {
        write("retry: " + reconnectMillis + "\n: open\n\n");
    }

    void comment(String text) throws IOException {
        write(": " + text + "\n\n");
    }

    void event(String name, String id, String data) throws IOException {
        write("event: " + name + "\nid: " + id + "\ndata: " + data + "\n\n");
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
