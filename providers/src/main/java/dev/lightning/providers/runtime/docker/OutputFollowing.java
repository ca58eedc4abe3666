package dev.lightning.providers.runtime.docker;

import dev.lightning.providers.runtime.OutputPosition;
import dev.lightning.providers.runtime.OutputReader;
import dev.lightning.providers.runtime.OutputRest;
import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;

/**
 * Follows what a container writes. Engines give a log from its beginning only, so what somebody has already is read over
 * again and dropped.
 *
 * <p>Podman answers nothing at all before the first output, so that a connection could not be ended until then: output is
 * waited for first. It may miss the end of a container that ends just then: that is looked for besides. And soon after
 * the end it stops sending, however far a reader has come who is slower than the program: what is left is read at last.
 */
final class OutputFollowing {
    private static final Duration LOOK = Duration.ofMillis(400);

    private final Function<String, RunStatus> statuses;
    private final ContainerReading containers;

    OutputFollowing(Function<String, RunStatus> statuses, ContainerReading containers) {
        this.statuses = statuses;
        this.containers = containers;
    }

    RunStatus follow(String name, OutputPosition from, OutputReader reader) throws IOException, InterruptedException {
        try {
            return followUntilEnd(name, from, reader);
        } catch (RuntimeUnavailableException away) {
            if (Thread.interrupted()) {
                throw (InterruptedException) new InterruptedException().initCause(away);
            }
            throw away;
        }
    }

    private RunStatus followUntilEnd(String name, OutputPosition from, OutputReader reader)
            throws IOException, InterruptedException {
        OutputRest rest = new OutputRest(from, reader);
        RunStatus status = statuses.apply(name);
        while (status.isOpen() && !rest.isEnough()) {
            if (status instanceof RunStatus.Running && containers.hasOutput(name)) {
                rest.rewind();
                containers.follow(name, rest, () -> !statuses.apply(name).isOpen());
                status = statuses.apply(name);
            }
            if (status.isOpen() && !rest.isEnough()) {
                Thread.sleep(LOOK);
                status = statuses.apply(name);
            }
        }
        if (status instanceof RunStatus.Ended && !rest.isEnough()) {
            rest.rewind();
            containers.output(name, rest);
        }
        return status;
    }
}
