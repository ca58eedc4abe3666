package dev.lightning.providers.blobs.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.blobs.BlobStoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderBlobStoreTest extends BlobStoreContract {
    @TempDir
    private Path home;

    @Override
    protected BlobStore emptyStore() {
        return new FolderBlobStore(new FolderBlobSettings(folder()));
    }

    @Test
    void no_key_leads_out_of_the_folder_and_nothing_but_blobs_stays_in_it() throws IOException {
        List.of("../out", "/out", "a/../../out", "..").forEach(key -> blobs.put(key, new byte[] {1}));

        assertThat(files(home)).hasSize(4).allMatch(file -> file.startsWith(folder()));
    }

    @Test
    void the_name_of_a_file_shows_what_it_is() throws IOException {
        blobs.put("events/42/out.log", new byte[] {1});

        assertThat(files(home)).singleElement().asString().endsWith("-events_42_out.log");
    }

    @Test
    void what_was_written_is_there_for_the_next_process() {
        blobs.put("key", new byte[] {1});

        assertThat(emptyStore().get("key")).contains(new byte[] {1});
    }

    @Test
    void drops_what_a_crash_left_half_written_and_spares_what_is_being_written() throws IOException {
        Path abandoned = Files.writeString(folder().resolve("abandoned.tmp"), "half");
        Path current = Files.writeString(folder().resolve("current.tmp"), "half");
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

        emptyStore();

        assertThat(files(home)).containsExactly(current);
    }

    @Test
    void says_where_it_cannot_write() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "x");

        assertThatThrownBy(() -> new FolderBlobStore(new FolderBlobSettings(file)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void has_a_default_folder() {
        assertThat(new FolderBlobSettings(null).path()).isEqualTo(Path.of(".lightning/blobs"));
    }

    private Path folder() {
        return home.resolve("blobs");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
