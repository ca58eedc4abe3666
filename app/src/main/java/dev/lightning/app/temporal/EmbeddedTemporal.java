package dev.lightning.app.temporal;

import dev.lightning.app.home.Home;
import dev.lightning.app.settings.Ports;
import dev.lightning.app.settings.StartFailure;
import dev.lightning.workers.WorkerLifecycle;
import dev.lightning.workflows.events.EventAttributes;
import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The Temporal server that this process owns: started beside Spring, started again on the same port when it dies, stopped
 * after the workers, and never outliving us.
 */
final class EmbeddedTemporal implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedTemporal.class);
    private static final String ADDRESS = "127.0.0.1";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** How often it is started before it is said that it cannot be: a server can lose a race for one of its inner ports. */
    private static final int FIRST_STARTS = 3;

    private final TemporalSettings settings;
    private final Path binary;
    private final Home home;
    private final ServerScript script;
    private final int port;
    private final int uiPort;
    private final Consumer<StartFailure> onFailedStart;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread owner = new Thread(this::own, "temporal-owner");
    private volatile @Nullable TemporalDevServer server;

    /** Ends leftovers and claims the ports; {@code onFailedStart} hears when the very first start fails. */
    EmbeddedTemporal(TemporalSettings settings, Path binary, Home home, Consumer<StartFailure> onFailedStart) {
        this.settings = settings;
        this.binary = binary;
        this.home = home;
        this.onFailedStart = onFailedStart;
        this.script = new ServerScript(folder(home), database());
        try {
            script.endLeftovers();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        this.port = Ports.claim("TEMPORAL_PORT", ADDRESS, settings.port());
        this.uiPort = Ports.claim("TEMPORAL_UI_PORT", ADDRESS, settings.uiPort());
    }

    TemporalTarget target() {
        return new TemporalTarget(ADDRESS + ":" + port, settings.namespace(), "http://localhost:" + uiPort, true);
    }

    @Override
    public int getPhase() {
        return WorkerLifecycle.PHASE - 1024;
    }

    /** Starts the server in the background; harmless when it has been done already. */
    @Override
    public synchronized void start() {
        if (owner.getState() == Thread.State.NEW) {
            owner.start();
        }
    }

    @Override
    public boolean isRunning() {
        return owner.isAlive();
    }

    @Override
    public void stop() {
        stopping.countDown();
        TemporalDevServer running = server;
        if (running != null) {
            running.close();
        } else {
            owner.interrupt();
        }
        try {
            owner.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void own() {
        boolean everStarted = false;
        int failures = 0;
        Duration pause = FIRST_PAUSE;
        while (!isStopping()) {
            try (TemporalDevServer started = startOnce()) {
                log.info("event=temporal.started port={}", port);
                server = started;
                everStarted = true;
                pause = FIRST_PAUSE;
                if (!isStopping()) {
                    awaitEnd();
                }
            } catch (IllegalStateException | IOException failed) {
                failures++;
                if (!everStarted && !isStopping() && failures == FIRST_STARTS) {
                    onFailedStart.accept(new StartFailure(
                            "the Temporal server did not start (%s); %s says more".formatted(lastWords(), logFile()),
                            failed));
                    return;
                }
                log.warn("event=temporal.start.failed reason=\"{}\"", lastWords());
                log.debug("event=temporal.start.failed", failed);
            }
            server = null;
            if (!isStopping()) {
                log.warn("event=temporal.died restart_in={}", pause);
                pause(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private TemporalDevServer startOnce() throws IOException {
        script.endLeftovers();
        if (Files.exists(logFile())) {
            Files.move(logFile(), home.resolve("logs/temporal.1.log"), StandardCopyOption.REPLACE_EXISTING);
        }
        return TemporalDevServer.start(
                settings.namespace(),
                TemporalDevServerOptions.newBuilder()
                        .setExistingPath(script.write(binary).toString())
                        .setIp(ADDRESS)
                        .setPort(port)
                        .setUiPort(uiPort)
                        .setDatabaseFilename(database().toString())
                        .setLogFile(logFile().toString())
                        .setLogLevel("error")
                        .setExtraArgs(arguments())
                        .build());
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "--sqlite-pragma", "journal_mode=wal",
                "--sqlite-pragma", "synchronous=" + settings.synchronous(),
                "--dynamic-config-value", "system.enableActivityEagerExecution=true",
                "--dynamic-config-value", "matching.useNewMatcher=true"));
        EventAttributes.ALL.forEach(
                attribute -> arguments.addAll(List.of("--search-attribute", attribute.getName() + "=Keyword")));
        return arguments;
    }

    private void awaitEnd() throws IOException {
        script.running().ifPresent(process -> process.onExit().join());
    }

    /** Why it panicked, which stands before the stacks of all that it did; else the last line. */
    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(logFile()).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            return lines.stream()
                    .filter(line -> line.startsWith("panic:") || line.startsWith("fatal error:"))
                    .findFirst()
                    .orElse(lines.isEmpty() ? "without a word" : lines.getLast());
        } catch (IOException unreadable) {
            return "without a word";
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void pause(Duration pause) {
        try {
            if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("event=temporal.restart.abandoned");
            }
        } catch (InterruptedException stopped) {
            stopping.countDown();
        }
    }

    private Path database() {
        return folder(home).resolve("temporal.db");
    }

    private Path logFile() {
        return home.resolve("logs/temporal.log");
    }

    private static Path folder(Home home) {
        try {
            return Files.createDirectories(home.resolve("temporal"));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
