package dev.lightning.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderRemovalTest {
    @TempDir
    private Path parent;

    @Test
    void a_folder_goes_though_somebody_still_writes_into_it() throws Exception {
        Path folder = Files.createDirectories(parent.resolve("run"));
        CountDownLatch writing = new CountDownLatch(1);
        Thread writer = Thread.ofPlatform().start(() -> write(folder, writing));
        writing.await();

        FolderRemoval.of(folder);

        assertThat(folder).doesNotExist();
        writer.join();
    }

    /** Until the folder is gone, each file for a moment. */
    private static void write(Path folder, CountDownLatch writing) {
        try {
            for (int n = 0; ; n++) {
                Path file = Files.createFile(folder.resolve("started." + n));
                writing.countDown();
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException gone) {
            assertThat(folder).doesNotExist();
        } catch (IOException trouble) {
            throw new AssertionError(trouble);
        }
    }
}
