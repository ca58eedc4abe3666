package dev.lightning.providers.runtime.process;

import dev.lightning.providers.FolderRemoval;
import dev.lightning.providers.runtime.FileReader;
import dev.lightning.providers.runtime.KnownRun;
import dev.lightning.providers.runtime.OutputPosition;
import dev.lightning.providers.runtime.OutputReader;
import dev.lightning.providers.runtime.RunEnvironment;
import dev.lightning.providers.runtime.RunRejectedException;
import dev.lightning.providers.runtime.RunRequest;
import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import dev.lightning.providers.runtime.ToolRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs as processes of this machine, with this user's rights: for tools that one trusts as one trusts one's own shell.
 *
 * <p>A shell script ({@code run.sh}) keeps each program, in a process group of its own, ends it when its lifetime is over
 * and writes down how it ended; it outlives us, and any later process finds the run in its folder. After a restart of
 * the machine, what was running has ended with 137.
 *
 * <p>What a process cannot be held to: the number of its processes and its share of the processors (the limits of a user,
 * not of a run), the network and the files of this user. Memory is bounded for each process of the run, on Linux only,
 * and {@code outOfMemory} is never told. A program that leaves its process group is not ended with it.
 */
public final class ProcessRuntime implements ToolRuntime {
    private static final Logger log = LoggerFactory.getLogger(ProcessRuntime.class);
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(3650);
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(200);

    /** A start or a removal takes seconds; what is older was left by one that was killed. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    /** Does something with a run's folder. */
    private interface Use<T> {
        T with(RunFolder run) throws IOException;
    }

    private final Path folder;
    private final Path script;

    /** Makes the folder and writes the script into it, so that a start fails where the first run would. */
    public ProcessRuntime(ProcessRuntimeSettings settings) {
        this.folder = settings.path().toAbsolutePath().normalize();
        this.script = folder.resolve(RunFolder.HIDDEN + "run.sh");
        try {
            Files.createDirectories(folder);
            new RunScript().writeTo(script);
            dropAbandoned();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of runs " + folder + " cannot be used", e);
        }
    }

    private void dropAbandoned() throws IOException {
        try (DirectoryStream<Path> abandoned = Files.newDirectoryStream(folder, RunFolder.HIDDEN + "{new,gone}-*")) {
            for (Path each : abandoned) {
                FolderRemoval.ofOlderThan(ABANDONED, each);
            }
        }
    }

    @Override
    public String kind() {
        return "process";
    }

    @Override
    public void start(RunRequest request) {
        check(request);
        String name = request.name();
        Map<String, String> environment = environment(request);
        use(name, run -> {
            if (!run.isThere()) {
                run.make(request);
                log.info(
                        "event=run.created run={} workflow={}",
                        name,
                        request.labels().workflowId());
            }
            if (run.status() instanceof RunStatus.Created) {
                launch(run, request, environment);
                log.info(
                        "event=run.started run={} workflow={}",
                        name,
                        request.labels().workflowId());
            }
            return name;
        });
    }

    private static void check(RunRequest request) {
        if (!NAME.matcher(request.name()).matches()) {
            throw new RunRejectedException("A run's name has 1 to 63 characters of a-z, 0-9 and -", null);
        }
        if (request.image() != null) {
            throw new RunRejectedException("The process runtime has no images; give a command only", null);
        }
        if (request.command().isEmpty()) {
            throw new RunRejectedException("The process runtime needs a command", null);
        }
        if (request.command().stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
            throw new RunRejectedException("The command has a character of code 0", null);
        }
    }

    private Map<String, String> environment(RunRequest request) {
        RunFolder run = new RunFolder(folder.resolve(request.name()));
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/local/bin:/usr/bin:/bin");
        return RunEnvironment.of(
                request,
                Map.of("PATH", path, "HOME", run.work().toString()),
                run.output().toString());
    }

    /** The keeper may be started twice, by two of us at once; only one of them goes on. */
    private void launch(RunFolder run, RunRequest request, Map<String, String> environment) throws IOException {
        Duration lifetime = request.limits().lifetime().compareTo(LONGEST_LIFETIME) > 0
                ? LONGEST_LIFETIME
                : request.limits().lifetime();
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh",
                script.toString(),
                run.path().toString(),
                Long.toString(Math.max(1, lifetime.plusMillis(999).toSeconds())),
                Long.toString(request.limits().outputBytes()),
                Long.toString(request.limits().memoryBytes())));
        command.addAll(request.command());
        ProcessBuilder builder = new ProcessBuilder(RunScript.apart(command))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.start().getOutputStream().close();
        run.awaitKeeper();
    }

    @Override
    public RunStatus status(String name) {
        return NAME.matcher(name).matches() ? use(name, RunFolder::status) : new RunStatus.Missing();
    }

    @Override
    public RunStatus awaitEnd(String name, Duration patience) throws InterruptedException {
        if (status(name) instanceof RunStatus.Running) {
            awaitKeepersEnd(new RunFolder(folder.resolve(name)), patience);
        }
        return status(name);
    }

    private static void awaitKeepersEnd(RunFolder run, Duration patience) throws InterruptedException {
        Optional<ProcessHandle> keeper = run.keeper().flatMap(process -> ProcessHandle.of(process.pid()));
        if (keeper.isPresent()) {
            try {
                keeper.get().onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                log.debug("event=run.goes.on run={}", run.path().getFileName());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void stop(String name) {
        if (!(status(name) instanceof RunStatus.Missing)) {
            use(name, run -> {
                run.stop();
                log.info("event=run.stopped run={}", name);
                return name;
            });
        }
    }

    @Override
    public Optional<Duration> remove(String name) {
        if (status(name) instanceof RunStatus.Missing) {
            return Optional.empty();
        }
        stop(name);
        try {
            awaitEnd(name, LONGEST_GOODBYE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RuntimeUnavailableException("The removal of " + name + " was interrupted", e);
        }
        use(name, run -> {
            run.remove();
            log.info("event=run.removed run={}", name);
            return name;
        });
        return Optional.empty();
    }

    @Override
    public void output(String name, OutputReader reader) throws IOException {
        if (!(status(name) instanceof RunStatus.Missing)) {
            RunOutput output = new RunOutput(folder.resolve(name), OutputPosition.START);
            while (output.pass(reader) && !output.isEnough()) {
                log.trace("event=run.output.passed run={}", name);
            }
        }
    }

    /** Looks at the run before its output: what has ended then has written everything. */
    @Override
    public RunStatus follow(String name, OutputPosition from, OutputReader reader)
            throws IOException, InterruptedException {
        RunOutput output = new RunOutput(folder.resolve(name), from);
        while (true) {
            RunStatus status = status(name);
            boolean news = !(status instanceof RunStatus.Missing) && output.pass(reader);
            if (output.isEnough() || !(news || status.isOpen())) {
                return status;
            }
            Thread.sleep(news ? Duration.ZERO : LOOK);
        }
    }

    @Override
    public void files(String name, long maxBytes, FileReader reader) throws IOException {
        if (!(status(name) instanceof RunStatus.Missing)) {
            new FolderFiles(maxBytes, reader).read(new RunFolder(folder.resolve(name)).output());
        }
    }

    @Override
    public List<KnownRun> runs() {
        List<KnownRun> runs = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder, "[a-z0-9]*")) {
            for (Path each : folders) {
                RunFolder run = new RunFolder(each);
                runs.add(new KnownRun(each.getFileName().toString(), run.workflowId(), run.createdAt()));
            }
        } catch (IOException e) {
            throw unusable(e);
        }
        return runs;
    }

    @Override
    public void endOverdue() {
        try {
            dropAbandoned();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private <T> T use(String name, Use<T> use) {
        try {
            return use.with(new RunFolder(folder.resolve(name)));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private RuntimeUnavailableException unusable(IOException trouble) {
        return new RuntimeUnavailableException(
                "The folder of runs " + folder + " cannot be used; see that its disk has room and is ours to write",
                trouble);
    }
}
