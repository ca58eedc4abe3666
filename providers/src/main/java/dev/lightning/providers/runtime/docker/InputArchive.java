package dev.lightning.providers.runtime.docker;

import dev.lightning.providers.runtime.WorkspaceArchive;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes what is put into a container before it starts: archives are the only files that engines take. */
final class InputArchive {
    private static final int FOLDER_MODE = 040755;
    private static final int FILE_MODE = 0100444;

    private InputArchive() {}

    /**
     * The input, and the work directory, which a volume that Docker makes leaves to root.
     *
     * @param workspace the name of the workspace's folder in the work directory, null when there is none
     */
    static InputStream input(String input, @Nullable String workspace) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(ContainerPlan.EVENT_FILE, input.getBytes(StandardCharsets.UTF_8));
        if (workspace != null) {
            files.put(ContainerPlan.WORKSPACE_FILE, (workspace + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return archive(folder(ContainerPlan.WORK.substring(1)), files);
    }

    /** The output directory, last changed at this time. */
    static InputStream output(Instant changedAt) {
        TarArchiveEntry folder = folder("out");
        folder.setModTime(changedAt.toEpochMilli());
        return archive(folder, Map.of());
    }

    private static TarArchiveEntry folder(String name) {
        TarArchiveEntry folder = new TarArchiveEntry(name + "/");
        folder.setMode(FOLDER_MODE);
        return folder;
    }

    private static TarArchiveEntry file(String name, byte[] content) {
        TarArchiveEntry file = new TarArchiveEntry(name);
        file.setMode(FILE_MODE);
        file.setSize(content.length);
        return file;
    }

    private static InputStream archive(TarArchiveEntry folder, Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            put(tar, folder, new byte[0]);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                put(tar, file(file.getKey(), file.getValue()), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] content) throws IOException {
        entry.setUserId(WorkspaceArchive.NOBODY);
        entry.setGroupId(WorkspaceArchive.NOBODY);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
