package dev.lightning.providers.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The homes that earlier releases left behind; tests open copies, because what is kept must stay as it was. */
public final class KeptHomes {
    /** From whichever module the tests run in. */
    private static final Path HOMES = Path.of("..", "providers", "src", "test", "resources", "homes");

    private KeptHomes() {}

    /** The releases of which a home is kept. */
    public static Stream<String> releases() throws IOException {
        try (Stream<Path> homes = Files.list(HOMES)) {
            List<String> names =
                    homes.map(home -> home.getFileName().toString()).sorted().toList();
            return names.stream();
        }
    }

    public static void copy(String release, Path to) throws IOException {
        Path from = HOMES.resolve(release);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
