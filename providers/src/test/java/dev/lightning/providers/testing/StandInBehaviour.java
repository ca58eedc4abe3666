package dev.lightning.providers.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the stand-in answers one call: well, late, wrongly or not at all. */
@FunctionalInterface
public interface StandInBehaviour {
    void answer(StandInCall call) throws IOException;

    /** Answers well, as one JSON object or as the stream that the request asks for. */
    static StandInBehaviour says(String text) {
        return call -> {
            if (!call.isStreaming()) {
                call.send(200, "application/json", StandInWire.completion(call.request(), text));
                return;
            }
            try (OutputStream body = call.begin(200, "text/event-stream", 0).getResponseBody()) {
                for (byte[] chunk : StandInWire.chunks(call.request(), text)) {
                    body.write(chunk);
                    body.flush();
                }
            }
        };
    }

    /**
     * Asks for tools instead of answering.
     *
     * @param namesAndArguments in turn the name of a function and its arguments as text
     */
    static StandInBehaviour asksFor(String... namesAndArguments) {
        return call -> call.send(200, "application/json", StandInWire.calls(call.request(), namesAndArguments));
    }

    /** Answers well, with what the tools said last. */
    static StandInBehaviour repeatsTheTools() {
        return call -> says("The tools said: " + StandInWire.lastOfTools(call.request()))
                .answer(call);
    }

    /** Answers well, with what the user said last. */
    static StandInBehaviour echoes() {
        return call ->
                says("You said: " + StandInWire.lastUserMessage(call.request())).answer(call);
    }

    /** Answers well and at length. */
    static StandInBehaviour saysBytes(int size) {
        return says("x".repeat(size));
    }

    static StandInBehaviour fails(int status, String type, @Nullable String code, String message) {
        return call -> call.send(status, "application/json", StandInWire.error(message, type, null, code));
    }

    /** What a proxy in between says when nobody is behind it. */
    static StandInBehaviour failsWithPage(int status) {
        return call -> call.send(
                status, "text/html", "<html><body>Bad gateway</body></html>".getBytes(StandardCharsets.UTF_8));
    }

    static StandInBehaviour throttles(String retryAfter) {
        return fails(429, "requests", "rate_limit_exceeded", "Rate limit reached")
                .with("Retry-After", retryAfter);
    }

    /** Repeats the key in every field of its refusal, as careless servers do. */
    static StandInBehaviour echoesTheKey() {
        return call -> {
            String key = call.authorization().replace("Bearer ", "");
            fails(401, key, key, "Incorrect API key provided: " + key).answer(call);
        };
    }

    /** Answers 200 with whatever this is. */
    static StandInBehaviour sends(String body) {
        return call -> call.send(200, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the request and says nothing for ten minutes or until the stand-in is closed. */
    static StandInBehaviour hangs() {
        return call -> {
            call.pause(Duration.ofMinutes(10).toMillis());
            call.drop();
        };
    }

    static StandInBehaviour dropsAtOnce() {
        return StandInCall::drop;
    }

    /** Promises a whole answer and cuts the connection in the middle of it. */
    static StandInBehaviour dropsMidBody() {
        return call -> {
            byte[] whole = StandInWire.completion(call.request(), "an answer that never arrives");
            List<byte[]> chunks = StandInWire.chunks(call.request(), "a stream that never ends");
            OutputStream body = call.isStreaming()
                    ? call.begin(200, "text/event-stream", 0).getResponseBody()
                    : call.begin(200, "application/json", whole.length).getResponseBody();
            body.write(call.isStreaming() ? chunks.getFirst() : Arrays.copyOf(whole, whole.length / 2));
            body.flush();
            call.drop();
        };
    }

    default StandInBehaviour after(Duration delay) {
        return call -> {
            call.pause(delay.toMillis());
            answer(call);
        };
    }

    default StandInBehaviour with(String header, String value) {
        return call -> {
            call.header(header, value);
            answer(call);
        };
    }
}
