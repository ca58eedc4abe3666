package dev.lightning.activities.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
    @TempDir
    private Path parent;

    @Test
    void a_room_is_there_until_it_is_closed() throws IOException {
        Scratch scratch = new Scratch(parent.resolve("not-there-yet"));
        Path path;

        try (Scratch.Room room = scratch.make()) {
            path = room.path();
            Files.writeString(path.resolve("file"), "x");
        }

        assertThat(path).doesNotExist();
    }

    @Test
    void what_was_left_behind_long_ago_goes_and_what_may_be_in_use_stays() throws IOException {
        Path old = Files.createDirectories(parent.resolve("step-old"));
        Files.writeString(old.resolve("stdout"), "x");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(3))));
        Path young = Files.createDirectories(parent.resolve("step-young"));

        try (Scratch.Room room = new Scratch(parent).make()) {
            assertThat(old).doesNotExist();
            assertThat(young).isDirectory();
            assertThat(room.path()).isEmptyDirectory();
        }
    }
}
