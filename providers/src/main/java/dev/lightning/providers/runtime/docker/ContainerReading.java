package dev.lightning.providers.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.core.DockerClientImpl;
import dev.lightning.providers.runtime.FileReader;
import dev.lightning.providers.runtime.OutputArchive;
import dev.lightning.providers.runtime.OutputReader;
import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads from a container what its program has done, said and left. */
final class ContainerReading {
    private static final Logger log = LoggerFactory.getLogger(ContainerReading.class);
    private static final long UNKNOWN_END = 255;
    private static final Duration GLANCE = Duration.ofSeconds(1);

    private final DockerClient engine;
    private final OutputFolder folder;
    private final EngineTrouble trouble;

    ContainerReading(DockerClientImpl engine, EngineTrouble trouble) {
        this.engine = engine;
        this.folder = new OutputFolder(Objects.requireNonNull(engine.getHttpClient()));
        this.trouble = trouble;
    }

    RunStatus status(String name, ContainerState state) {
        Instant startedAt = instant(state.getStartedAt());
        if (Boolean.TRUE.equals(state.getRunning())) {
            return new RunStatus.Running(startedAt);
        }
        if (startedAt.isBefore(Instant.EPOCH)) {
            return new RunStatus.Created();
        }
        Instant endedAt = instant(state.getFinishedAt());
        int exitCode =
                Optional.ofNullable(state.getExitCodeLong()).orElse(UNKNOWN_END).intValue();
        boolean outOfMemory = Boolean.TRUE.equals(state.getOOMKilled())
                || (exitCode == ContainerPlan.KILLED && isThere(name, ContainerPlan.OUT_OF_MEMORY));
        return new RunStatus.Ended(exitCode, startedAt, endedAt.isBefore(startedAt) ? startedAt : endedAt, outOfMemory);
    }

    void output(String name, OutputReader reader) throws IOException, InterruptedException {
        try (LogReading reading = new LogReading(new LogBeginning(reader))) {
            engine.logContainerCmd(name).withStdOut(true).withStdErr(true).exec(reading);
            awaitEnd(name, reading);
            reading.throwReadersFailure();
        }
    }

    /** Passes on what there is and what comes, until the engine has enough, or is silent though the run is over. */
    void follow(String name, OutputReader reader, BooleanSupplier isOver) throws IOException, InterruptedException {
        try (LogReading reading = new LogReading(new LogBeginning(reader))) {
            engine.logContainerCmd(name)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withFollowStream(true)
                    .exec(reading);
            boolean told = reading.isOverWithin(GLANCE);
            while (!told && !(reading.isSilentFor(GLANCE) && isOver.getAsBoolean())) {
                told = reading.isOverWithin(GLANCE);
            }
            if (told) {
                awaitEnd(name, reading);
            }
            reading.giveUp();
            reading.throwReadersFailure();
        }
    }

    /** Whether the program has written anything yet. */
    boolean hasOutput(String name) throws IOException, InterruptedException {
        AtomicBoolean any = new AtomicBoolean();
        try (LogReading reading = new LogReading((channel, piece) -> {
            any.set(true);
            return false;
        })) {
            engine.logContainerCmd(name)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withTail(1)
                    .exec(reading);
            awaitEnd(name, reading);
        } catch (RuntimeUnavailableException e) {
            if (!EngineTrouble.isHalfWritten(e)) {
                throw e;
            }
            return true;
        }
        return any.get();
    }

    private void awaitEnd(String name, LogReading reading) throws InterruptedException {
        try {
            reading.awaitCompletion();
        } catch (NotFoundException e) {
            log.debug("event=run.output.skipped run={}", name);
        } catch (RuntimeException e) {
            throw trouble.told(e);
        }
    }

    void files(String name, long maxBytes, FileReader reader) throws IOException {
        if (trouble.tell(() -> folder.isUntouched(name))) {
            return;
        }
        try (InputStream archive = trouble.tell(() -> archive(name, ContainerPlan.OUTPUT))) {
            OutputArchive.read(archive, maxBytes, reader);
        } catch (RuntimeUnavailableException e) {
            if (!EngineTrouble.hasLostItsProcess(e)) {
                throw e;
            }
            log.warn("event=run.files.lost run={} reason=\"{}\"", name, e.getMessage());
        }
    }

    private boolean isThere(String name, String path) {
        try (InputStream archive = archive(name, path)) {
            return archive.read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    private InputStream archive(String name, String path) {
        try {
            return engine.copyArchiveFromContainerCmd(name, path).exec();
        } catch (NotFoundException e) {
            return InputStream.nullInputStream();
        }
    }

    private static Instant instant(@Nullable String text) {
        return OffsetDateTime.parse(String.valueOf(text)).toInstant();
    }
}
