package dev.lightning.app.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lightning.app.settings.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir
    Path parent;

    private Path folder;

    @BeforeEach
    void a_folder_that_does_not_exist_yet() {
        folder = parent.resolve("home");
    }

    @Test
    void a_new_home_is_made_for_its_owner_only() throws IOException {
        Home.open(folder);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void the_signing_key_is_made_once_strong_and_readable_by_its_owner_only() throws IOException {
        String key = Home.open(folder).signingKey();

        assertThat(key).hasSizeGreaterThanOrEqualTo(64);
        assertThat(Home.open(folder).signingKey()).isEqualTo(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("jwt-signing.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void a_home_has_one_owner_at_a_time_and_says_who_it_is() {
        Home first = Home.open(folder);
        Home second = Home.open(folder);
        first.lock();

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(second::lock)
                .withMessageContainingAll(
                        folder.toString(), Long.toString(ProcessHandle.current().pid()), "LIGHTNING_HOME");

        first.close();
        second.lock();
        second.close();
    }

    @Test
    void a_home_of_a_newer_release_is_refused() throws IOException {
        Home.open(folder);
        Files.writeString(folder.resolve("format"), "2");

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> Home.open(folder))
                .withMessageContaining("newer Lightning (format 2, this one knows 1)");
    }

    @Test
    void a_home_that_is_a_file_is_one_clear_line() throws IOException {
        Files.writeString(folder, "");

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> Home.open(folder))
                .withMessageContaining("LIGHTNING_HOME " + folder + " cannot be used");
    }
}
