package dev.lightning.app.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lightning.app.settings.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporalBinaryTest {
    @TempDir
    Path folder;

    private Path path;
    private Path cache;
    private Optional<Path> download = Optional.empty();
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void an_empty_machine() throws IOException {
        path = Files.createDirectories(folder.resolve("bin"));
        cache = folder.resolve("cache");
    }

    @Test
    void the_chosen_binary_comes_first() throws IOException {
        Path chosen = script(folder.resolve("mine"), "");
        script(path.resolve("temporal"), "");

        assertThat(binary().locate(chosen.toString())).isEqualTo(chosen);
    }

    @Test
    void a_choice_that_is_no_binary_is_an_error_not_a_fallback() throws IOException {
        script(path.resolve("temporal"), "");

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> binary().locate(folder.resolve("nothing").toString()))
                .withMessageContaining("LIGHTNING_TEMPORAL_BIN");
    }

    @Test
    void path_comes_before_the_cache_and_the_cache_before_the_network() throws IOException {
        Files.createDirectories(cache);
        Path cached = script(cache.resolve("temporal"), "");
        download = Optional.of(folder.resolve("downloaded"));

        assertThat(binary().locate(null)).isEqualTo(cached);
        Path onPath = script(path.resolve("temporal"), "");
        assertThat(binary().locate(null)).isEqualTo(onPath);
        assertThat(told).isEmpty();
    }

    @Test
    void what_is_not_there_is_downloaded() {
        download = Optional.of(folder.resolve("downloaded"));

        assertThat(binary().locate(null)).isEqualTo(folder.resolve("downloaded"));
    }

    @Test
    void without_a_download_go_builds_it_into_the_cache_and_says_that_it_takes_a_while() throws IOException {
        script(
                path.resolve("go"),
                "echo \"$@\" >" + folder.resolve("go-arguments") + "\n: >\"$GOBIN/temporal\"\n"
                        + "/bin/chmod +x \"$GOBIN/temporal\"");

        assertThat(binary().locate(null)).isEqualTo(cache.resolve("temporal"));
        assertThat(folder.resolve("go-arguments")).hasContent("install github.com/temporalio/cli/cmd/temporal@v1.5.1");
        assertThat(told).last().asString().contains("go install", "minutes");
        assertThat(files(cache)).containsExactly(cache.resolve("temporal"));
    }

    @Test
    void a_build_that_fails_leaves_nothing_behind_and_says_how_to_get_the_binary() throws IOException {
        script(path.resolve("go"), ": >\"$GOBIN/temporal\"; exit 1");

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> binary().locate(null))
                .withMessageContainingAll("LIGHTNING_TEMPORAL_BIN", "https://");
        assertThat(files(cache)).isEmpty();
    }

    private TemporalBinary binary() {
        return new TemporalBinary(Map.of("PATH", path.toString()), cache, told::add, () -> download);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static Path script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
