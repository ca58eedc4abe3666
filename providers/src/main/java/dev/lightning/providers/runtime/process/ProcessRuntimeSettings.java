package dev.lightning.providers.runtime.process;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where runs are kept; what is left out (null) has its default.
 *
 * @param path the folder, {@code .lightning/runs}; an instance's own, for it says whose a run is
 */
public record ProcessRuntimeSettings(@Nullable Path path) {
    public ProcessRuntimeSettings {
        path = Objects.requireNonNullElse(path, Path.of(".lightning", "runs"));
    }

    @Override
    public Path path() {
        return Objects.requireNonNull(path);
    }
}
