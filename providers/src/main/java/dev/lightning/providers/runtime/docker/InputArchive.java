package dev.lightning.providers.runtime.docker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes what is put into a container before it starts: archives are the only files that engines take. */
final class InputArchive {
    private static final int NOBODY = 65534;
    private static final int FOLDER_MODE = 040755;
    private static final int FILE_MODE = 0100444;

    private InputArchive() {}

    /** The input, and the work directory, which a volume that Docker makes leaves to root. */
    static InputStream input(String input) {
        byte[] content = input.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry file = new TarArchiveEntry(ContainerPlan.EVENT_FILE);
        file.setMode(FILE_MODE);
        file.setSize(content.length);
        return archive(folder(ContainerPlan.WORK.substring(1)), file, content);
    }

    /** The output directory. */
    static InputStream output() {
        return archive(folder("out"), null, new byte[0]);
    }

    private static TarArchiveEntry folder(String name) {
        TarArchiveEntry folder = new TarArchiveEntry(name + "/");
        folder.setMode(FOLDER_MODE);
        return folder;
    }

    private static InputStream archive(TarArchiveEntry folder, @Nullable TarArchiveEntry file, byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            put(tar, folder, new byte[0]);
            if (file != null) {
                put(tar, file, content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] content) throws IOException {
        entry.setUserId(NOBODY);
        entry.setGroupId(NOBODY);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
