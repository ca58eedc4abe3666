package dev.lightning.providers.testing;

import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real Temporal dev server in memory, for what the test environment cannot do: schedules, updates as served, listing. */
public final class RealTemporal implements AutoCloseable {
    private final TemporalDevServer server;
    private final WorkflowServiceStubs stubs;
    private final Thread closer = new Thread(this::stop, "stop-temporal");

    private RealTemporal(TemporalDevServer server) {
        this.server = server;
        this.stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(server.getTarget())
                .build());
        Runtime.getRuntime().addShutdownHook(closer);
    }

    /**
     * Starts a server on a free port that knows these search attributes, all of type Keyword. Without a binary the test
     * is skipped, but fails where {@code CI=true}.
     */
    public static RealTemporal start(List<String> keywords) {
        return start(keywords, List.of());
    }

    /** The same with these values of the server's dynamic configuration, as {@code key=value}. */
    public static RealTemporal start(List<String> keywords, List<String> configuration) {
        String binary = program().toString();
        String[] arguments = Stream.concat(
                        keywords.stream().flatMap(name -> Stream.of("--search-attribute", name + "=Keyword")),
                        configuration.stream().flatMap(value -> Stream.of("--dynamic-config-value", value)))
                .toArray(String[]::new);
        return new RealTemporal(TemporalDevServer.start(TemporalDevServerOptions.newBuilder()
                .setExistingPath(binary)
                .setUiEnabled(false)
                .setLogLevel("error")
                .setLogFile(logFile().toString())
                .setExtraArgs(arguments)
                .setStartupTimeout(Duration.ofMinutes(1))
                .build()));
    }

    /** The server's program, for tests that start it in a way of their own; without one they are skipped, or fail in CI. */
    public static Path program() {
        return binary().orElseGet(RealTemporal::missing);
    }

    public WorkflowServiceStubs stubs() {
        return stubs;
    }

    public String namespace() {
        return server.getNamespace();
    }

    /** Where the server listens, as {@code host:port}. */
    public String target() {
        return server.getTarget();
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(closer);
        stop();
    }

    private void stop() {
        stubs.shutdownNow();
        server.close();
    }

    /** The same places, in the same order, in which the product looks before it downloads or builds one. */
    private static Optional<Path> binary() {
        String named = System.getenv("LIGHTNING_TEMPORAL_BIN");
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named));
        }
        Stream<Path> onPath = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "temporal"));
        Path cached = Path.of(System.getProperty("user.home"), ".cache", "lightning", "temporal-1.5.1", "temporal");
        return Stream.concat(onPath, Stream.of(cached))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path missing() {
        String line = "No temporal binary: set LIGHTNING_TEMPORAL_BIN, put temporal on PATH or run ./lightning test";
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(line);
        }
        return Assumptions.abort(line);
    }

    private static Path logFile() {
        try {
            Path log = Files.createTempFile("temporal-", ".log");
            log.toFile().deleteOnExit();
            return log;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
