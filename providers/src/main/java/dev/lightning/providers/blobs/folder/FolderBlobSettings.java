package dev.lightning.providers.blobs.folder;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where blobs are kept; what is left out (null) has its default.
 *
 * @param path the folder, {@code .lightning/blobs}
 */
public record FolderBlobSettings(Path path) {
    public FolderBlobSettings {
        path = Objects.requireNonNullElse(path, Path.of(".lightning", "blobs"));
    }
}
