package dev.lightning.providers.runtime;

import java.io.IOException;
import java.io.InputStream;

/** Takes the files that a run left. */
@FunctionalInterface
public interface FileReader {
    /** Takes one file; the path is relative, with {@code /} between its parts, and never leaves the directory. */
    void take(String path, long bytes, InputStream content) throws IOException;

    /** Hears, once and at the end, how many files were not handed over because they were too large together. */
    default void leaveOut(int files) {}
}
