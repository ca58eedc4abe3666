package dev.lightning.api.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A real Temporal server in memory. Without its program these tests are skipped on a laptop and fail in CI. */
final class DevServer {
    private DevServer() {}

    static TemporalDevServer start() {
        Optional<Path> program = program();
        if (program.isEmpty()) {
            assertThat(System.getenv("CI")).as("CI needs the temporal program").isNotEqualTo("true");
            assumeTrue(false, "No temporal program: set LIGHTNING_TEMPORAL_BIN or put temporal on PATH");
        }
        return TemporalDevServer.start(TemporalDevServerOptions.newBuilder()
                .setExistingPath(program.orElseThrow().toString())
                .setUiEnabled(false)
                .setExtraArgs(
                        "--search-attribute",
                        "LxEventType=Keyword",
                        "--search-attribute",
                        "LxUser=Keyword",
                        "--search-attribute",
                        "LxStatus=Keyword",
                        "--dynamic-config-value",
                        "system.enableActivityEagerExecution=true")
                .build());
    }

    private static Optional<Path> program() {
        Stream<Path> cached = Stream.of(
                Path.of(System.getProperty("user.home"), ".cache", "lightning", "temporal-1.5.1", "temporal"));
        Stream<Path> named =
                Stream.ofNullable(System.getenv("LIGHTNING_TEMPORAL_BIN")).map(Path::of);
        Stream<Path> onPath =
                Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(folder -> Path.of(folder, "temporal"));
        return Stream.concat(Stream.concat(named, cached), onPath)
                .filter(Files::isExecutable)
                .findFirst();
    }
}
