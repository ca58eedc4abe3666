package dev.lightning.providers.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Runs programs that outlive us: each under a name, by which any process that talks to the same runtime finds it again.
 *
 * <p>Throws {@link RuntimeUnavailableException} when trying again may help and {@link RunRejectedException} when not.
 */
public interface ToolRuntime extends AutoCloseable {
    /** What definitions call it, for example {@code docker}. */
    String kind();

    /**
     * Starts the run; one of this name that is there already, in any state, is left as it is. Returns once the start goes
     * on by itself, which with {@link RunStatus.Provisioning} may take minutes more.
     */
    void start(RunRequest request) throws InterruptedException;

    RunStatus status(String name);

    /** Waits for the end of the run, at most this long. */
    RunStatus awaitEnd(String name, Duration patience) throws InterruptedException;

    /** Ends the run and everything it has started at once; its output stays. A run that is not there is no error. */
    void stop(String name);

    /**
     * Removes all there is of the run, ending it where it still runs. A run that is not there is no error.
     *
     * @return empty when nothing is left; otherwise the removal goes on by itself, and in how long to call again, because
     *     only that shows that it came to its end
     */
    Optional<Duration> remove(String name);

    /**
     * Hands over everything that the run has written so far to standard output and error, in pieces and in order, from
     * the beginning; what is passed on is not held in memory. Of a channel with more than {@link RunLimits#outputBytes}
     * some of the middle or of the beginning may be left out, never its last {@link OutputMarks#END} bytes or as many as
     * an engine has of them; {@link OutputMarks} stand for it.
     *
     * @throws IOException what the reader throws
     */
    void output(String name, OutputReader reader) throws IOException, InterruptedException;

    /**
     * Hands over what the run writes after a position, each piece within a second, until the run has ended or the reader
     * wants no more. One that has not begun is waited for; of one that is not there, or no longer, nothing is handed
     * over. The reader may take its time: what it has not taken stays where it is. An interruption ends it at once.
     *
     * @return how the run stands: ended when everything was handed over, missing when there is nothing (any more)
     * @throws IOException what the reader throws
     */
    RunStatus follow(String name, OutputPosition from, OutputReader reader) throws IOException, InterruptedException;

    /**
     * Hands over the regular files that the run left in its output directory, in the order of their paths: each that
     * fits into what is left of this many bytes, and says how many did not. Of several hard links to one file there the
     * first counts.
     *
     * @throws IOException what the reader throws
     */
    void files(String name, long maxBytes, FileReader reader) throws IOException;

    /** The networks, as {@code 10.89.0.0/24}, from which runs of this machine call; none where they have none yet. */
    default List<String> origins() {
        return List.of();
    }

    /** Everything of this instance that is there, running or not. */
    List<KnownRun> runs();

    /** Ends what is over and the runtime does not end by itself: lifetimes, halves of removals; called by whoever cleans up. */
    default void endOverdue() {}

    /** Lets go of what this process holds of the runtime; the runs stay. */
    @Override
    default void close() {}
}
