package dev.lightning.providers.runtime.process;

import dev.lightning.providers.runtime.OutputPosition;
import dev.lightning.providers.runtime.OutputReader;
import dev.lightning.providers.runtime.OutputReader.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two files that a run writes to, read on from where somebody is; they may grow meanwhile. */
final class RunOutput {
    private static final Logger log = LoggerFactory.getLogger(RunOutput.class);
    private static final int PIECE = 64 * 1024;

    /** How much of one channel comes before the other has its turn again, in bytes. */
    private static final int TURN = 1024 * 1024;

    private final Path run;
    private OutputPosition reached;
    private boolean enough;

    RunOutput(Path run, OutputPosition from) {
        this.run = run;
        this.reached = from;
    }

    /** Whether the reader wants to hear no more. */
    boolean isEnough() {
        return enough;
    }

    /**
     * Hands over what is new, of each channel at most a turn.
     *
     * @return false when there is nothing new
     */
    boolean pass(OutputReader reader) throws IOException {
        OutputPosition before = reached;
        for (Channel channel : Channel.values()) {
            if (!enough) {
                pass(channel, reader);
            }
        }
        return !reached.equals(before);
    }

    private void pass(Channel channel, OutputReader reader) throws IOException {
        Path file = run.resolve(channel.name().toLowerCase(Locale.ROOT));
        long from = reached.of(channel);
        try (InputStream written = Files.newInputStream(file)) {
            if (from < Files.size(file)) {
                written.skipNBytes(from);
                byte[] piece = written.readNBytes(PIECE);
                while (piece.length > 0) {
                    enough = !reader.take(channel, piece);
                    reached = reached.with(channel, reached.of(channel) + piece.length);
                    boolean more = !enough && reached.of(channel) - from < TURN;
                    piece = written.readNBytes(more ? PIECE : 0);
                }
            }
        } catch (NoSuchFileException notYetOrNoLonger) {
            log.trace("event=run.output.missing file={}", file);
        }
    }
}
