package dev.lightning.api.tasks;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lightning.api.streaming.Feed;
import dev.lightning.api.streaming.SseWriter;
import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.runtime.OutputPosition;
import dev.lightning.providers.runtime.OutputReader.Channel;
import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.storage.rows.TaskRow;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells a task's output line by line: of the run while it goes on, and once the task has ended what is missing of what was
 * collected, and the end.
 */
final class LogFeed implements Feed {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration SHORTEST = Duration.ofMillis(100);

    /** Nothing happens in between but what rings. */
    private static final Duration UNTIL_RUNG = Duration.ofMinutes(1);

    /** A line as it is sent; {@code goesOn} when it is too long for one message and the next one has more of it. */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record LogLine(@JsonInclude(JsonInclude.Include.ALWAYS) String line, boolean goesOn) {}

    /** The task and where its output may be found. */
    record Source(Supplier<@Nullable TaskRow> row, LiveOutput live, BlobStore blobs) {}

    private final Source source;
    private final Map<Channel, LineCutter> cutters = new EnumMap<>(Channel.class);
    private LogPosition position;
    private @Nullable Ears ears;
    private @Nullable LiveTail tail;
    private @Nullable KeptLog kept;
    private @Nullable TaskRow ended;
    private boolean allSeen;
    private Duration pause = SHORTEST;

    /** Takes the channels that are wanted. */
    LogFeed(Source source, LogPosition from, Set<Channel> channels) {
        this.source = source;
        this.position = new LogPosition(from.told(), false);
        channels.forEach(
                channel -> cutters.put(channel, new LineCutter(from.told().of(channel))));
    }

    @Override
    public AutoCloseable listen(Ears listening) {
        ears = listening;
        return this::stop;
    }

    private void stop() throws IOException {
        if (tail != null) {
            tail.close();
        }
        if (kept != null) {
            kept.close();
        }
    }

    @Override
    public @Nullable Duration tell(SseWriter out) throws IOException {
        if (kept != null) {
            return tellKept(kept, out);
        }
        return tail == null ? look() : tellLive(tail, out);
    }

    private @Nullable Duration look() {
        TaskRow row = source.row().get();
        if (row == null) {
            return null;
        }
        if (row.standing().ended()) {
            ended = row;
            kept = new KeptLog(source.blobs(), row.kept(), taken());
            return Duration.ZERO;
        }
        if (allSeen) {
            return slower();
        }
        tail = LiveTail.start(source.live(), row.workflowId(), taken(), Objects.requireNonNull(ears));
        return UNTIL_RUNG;
    }

    private Duration tellLive(LiveTail following, SseWriter out) throws IOException {
        RunStatus end = following.end();
        LogPiece piece = following.next();
        if (piece != null) {
            pause = SHORTEST;
            tellLines(piece, out);
            return Duration.ZERO;
        }
        if (end == null) {
            return UNTIL_RUNG;
        }
        allSeen = end instanceof RunStatus.Ended;
        tail = null;
        return slower();
    }

    private @Nullable Duration tellKept(KeptLog from, SseWriter out) throws IOException {
        LogPiece piece = from.next();
        if (piece != null) {
            tellLines(piece, out);
            return Duration.ZERO;
        }
        for (Map.Entry<Channel, LineCutter> channel : cutters.entrySet()) {
            channel.getValue().finish(lines(channel.getKey(), out));
        }
        TaskView view = TaskView.of(Objects.requireNonNull(ended));
        out.event("end", position.atEnd().toString(), JSON.writeValueAsString(view));
        return null;
    }

    private void tellLines(LogPiece piece, SseWriter out) throws IOException {
        LineCutter cutter = cutters.get(piece.channel());
        if (cutter != null) {
            cutter.take(piece.bytes(), lines(piece.channel(), out));
        }
    }

    private LineCutter.Lines lines(Channel channel, SseWriter out) {
        String name = channel.name().toLowerCase(Locale.ROOT);
        return (line, goesOn, end) -> {
            position = position.with(channel, end);
            out.event(name, position.toString(), JSON.writeValueAsString(new LogLine(line, goesOn)));
        };
    }

    /** What need not be read again; nothing is wanted of a channel without a cutter. */
    private OutputPosition taken() {
        return new OutputPosition(taken(Channel.STDOUT), taken(Channel.STDERR));
    }

    private long taken(Channel channel) {
        LineCutter cutter = cutters.get(channel);
        return cutter == null ? OutputPosition.ALL : cutter.taken();
    }

    private Duration slower() {
        Duration now = pause;
        Duration next = pause.multipliedBy(3).dividedBy(2);
        Duration longest = source.live().longestPause();
        pause = next.compareTo(longest) < 0 ? next : longest;
        return now;
    }
}
