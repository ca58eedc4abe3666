package dev.lightning.app.temporal;

import dev.lightning.app.settings.StartFailure;
import io.temporal.testing.TemporalDevServerOptions;
import io.temporal.testing.internal.devserver.TemporalDevServerDownloader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the Temporal server's binary, or gets it once: a fresh machine needs nothing but a JDK and a network. */
public final class TemporalBinary {
    /** The newest release that {@code go install} can build. */
    static final String VERSION = "1.5.1";

    private static final String MODULE = "github.com/temporalio/cli/cmd/temporal@v" + VERSION;
    private static final long BUILD_MINUTES = 30;

    private final Map<String, String> environment;
    private final Path cache;
    private final Consumer<String> tell;
    private final Supplier<Optional<Path>> download;

    /** Looks where this environment points; says what takes long through {@code tell}. */
    public TemporalBinary(Map<String, String> environment, Consumer<String> tell) {
        this(environment, cache(environment), tell, () -> download(cache(environment)));
    }

    TemporalBinary(
            Map<String, String> environment, Path cache, Consumer<String> tell, Supplier<Optional<Path>> download) {
        this.environment = environment;
        this.cache = cache;
        this.tell = tell;
        this.download = download;
    }

    /** The first one of: chosen, on PATH, cached, downloaded, built; throws {@link StartFailure} where all fail. */
    public Path locate(@Nullable String chosen) {
        if (chosen != null) {
            return executable(Path.of(chosen))
                    .orElseThrow(() -> new StartFailure(
                            "LIGHTNING_TEMPORAL_BIN is %s, which is no executable file".formatted(chosen)));
        }
        return present().or(this::fetched).or(this::built).orElseThrow(TemporalBinary::missing);
    }

    /** The binary without fetching anything, for the doctor. */
    public Optional<Path> present() {
        return onPath("temporal").or(() -> executable(cached()));
    }

    private Path cached() {
        return cache.resolve("temporal");
    }

    private Optional<Path> fetched() {
        tell.accept("getting the Temporal server " + VERSION + " from temporal.download (once)");
        return download.get();
    }

    private Optional<Path> built() {
        Optional<Path> go = onPath("go");
        if (go.isEmpty()) {
            return Optional.empty();
        }
        tell.accept("the download cannot be reached; building the Temporal server " + VERSION
                + " with go install, which takes some minutes (once)");
        try {
            Files.createDirectories(cache);
            Path work = Files.createTempDirectory(cache, "build-");
            try {
                return install(go.get(), work);
            } finally {
                Files.deleteIfExists(work.resolve("temporal"));
                Files.deleteIfExists(work);
            }
        } catch (IOException failed) {
            throw new StartFailure("the Temporal server could not be built: " + failed.getMessage(), failed);
        }
    }

    /** Into a folder of its own, then renamed: a half-built binary is never found by the next start. */
    private Optional<Path> install(Path go, Path work) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(go.toString(), "install", MODULE).inheritIO();
        builder.environment().put("GOBIN", work.toString());
        Process process = builder.start();
        try {
            if (!process.waitFor(BUILD_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                return Optional.empty();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        Files.move(work.resolve("temporal"), cached(), StandardCopyOption.ATOMIC_MOVE);
        return executable(cached());
    }

    private Optional<Path> onPath(String name) {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> executable(Path.of(folder, name)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Path> executable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file)
                ? Optional.of(file.toAbsolutePath())
                : Optional.empty();
    }

    private static Path cache(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
        String root = environment.getOrDefault(
                "XDG_CACHE_HOME", Path.of(home, ".cache").toString());
        return Path.of(root, "lightning", "temporal-" + VERSION);
    }

    private static Optional<Path> download(Path cache) {
        try {
            return Optional.of(TemporalDevServerDownloader.prepare(TemporalDevServerOptions.newBuilder()
                    .setDownloadVersion("v" + VERSION)
                    .setDownloadDestination(cache.resolve("download").toString())
                    .build()));
        } catch (IllegalStateException unreachable) {
            return Optional.empty();
        }
    }

    private static StartFailure missing() {
        return new StartFailure(
                "the Temporal server was not found (LIGHTNING_TEMPORAL_BIN, temporal on PATH, the cache)"
                        + ", could not be downloaded from temporal.download, and Go is not there to build it; install it from"
                        + " https://docs.temporal.io/cli/setup-cli and start again");
    }
}
