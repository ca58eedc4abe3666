package dev.lightning.api.tasks;

import dev.lightning.providers.runtime.OutputPosition;
import dev.lightning.providers.runtime.OutputReader.Channel;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a reader of a task's log is, as {@code Last-Event-ID} says it: {@code o<bytes>-e<bytes>}, the bytes of both
 * channels that the lines so far were made of, and {@code -end} after the last message. It means the same whether the
 * run goes on or was collected, in which order the channels came, and which process tells it.
 */
record LogPosition(OutputPosition told, boolean end) {
    private static final Pattern SHAPE = Pattern.compile("o(\\d{1,18})-e(\\d{1,18})(-end)?");

    static final LogPosition START = new LogPosition(OutputPosition.START, false);

    /** Empty for what is no position. */
    static Optional<LogPosition> read(String text) {
        Matcher parts = SHAPE.matcher(text);
        return parts.matches()
                ? Optional.of(new LogPosition(
                        new OutputPosition(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))),
                        parts.group(3) != null))
                : Optional.empty();
    }

    LogPosition with(Channel channel, long bytes) {
        return new LogPosition(told.with(channel, bytes), end);
    }

    LogPosition atEnd() {
        return new LogPosition(told, true);
    }

    @Override
    public String toString() {
        return "o" + told.stdout() + "-e" + told.stderr() + (end ? "-end" : "");
    }
}
