package dev.lightning.providers.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one rule for what a test needs from the machine: in CI it must be there, on a laptop its tests are skipped. */
public final class Components {
    private static final Logger log = LoggerFactory.getLogger(Components.class);

    private Components() {}

    /** Gives what was found; otherwise fails where {@code CI=true} and skips the test elsewhere, with one line. */
    public static <T> T require(Optional<T> found, String missing) {
        return require(found, missing, "true".equalsIgnoreCase(System.getenv("CI")));
    }

    static <T> T require(Optional<T> found, String missing, boolean inCi) {
        if (found.isEmpty() && inCi) {
            throw new AssertionError("CI must have what its tests need. Missing: " + missing);
        }
        if (found.isEmpty()) {
            log.warn("event=test.skipped missing=\"{}\"", missing);
            Assumptions.abort("Missing: " + missing);
        }
        return found.orElseThrow();
    }

    /** The first program of this name in these folders and then on the PATH. */
    public static Optional<Path> program(String name, Path... folders) {
        Stream<Path> path = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of);
        return Stream.concat(Stream.of(folders), path)
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
