package dev.lightning.providers.testing;

/** What a {@link NotifySink} does with a request. */
public sealed interface SinkAnswer {
    /** A status with a small body. */
    record Status(int status) implements SinkAnswer {}

    record Redirect(String location) implements SinkAnswer {}

    /** Never answers. */
    record Hang() implements SinkAnswer {}

    /** A status at once, then a byte of the body every 50 ms for as long as somebody listens. */
    record Trickle(int status) implements SinkAnswer {}

    /** A status with so many bytes of body. */
    record Flood(int status, int bytes) implements SinkAnswer {}
}
