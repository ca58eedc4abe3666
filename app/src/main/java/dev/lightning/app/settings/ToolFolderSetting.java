package dev.lightning.app.settings;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder of the operator's definitions, read by itself so that it is looked at whatever else is wrong.
 *
 * @param folder {@code TOOLS_DIR}; null or blank for none
 */
public record ToolFolderSetting(@Nullable String folder) {
    /** Refuses a folder that is not there at the start: a slip of the pen, while one that goes away later is waited for. */
    public void require() {
        if (folder != null && !folder.isBlank() && !isReadable(folder.strip())) {
            throw new StartFailure("TOOLS_DIR must be a folder that this process may read");
        }
    }

    private static boolean isReadable(String folder) {
        try {
            Path path = Path.of(folder);
            return Files.isDirectory(path) && Files.isReadable(path);
        } catch (InvalidPathException noPath) {
            return false;
        }
    }
}
