package dev.lightning.providers.runtime.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A process by its number and its birth, as {@code run.sh} writes both: numbers are used again, and after a restart of
 * the machine they mean something else.
 *
 * @param birth on Linux the boot and the ticks since it, elsewhere what {@code ps} says
 */
record ProcessBirth(long pid, String birth) {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int STATE = 0;
    private static final int START = 19;

    static Optional<ProcessBirth> read(Path file) {
        try {
            String[] words = Files.readString(file).strip().split(" ", 2);
            return words.length == 2
                    ? Optional.of(new ProcessBirth(Long.parseLong(words[0]), words[1]))
                    : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    boolean isAlive() {
        return ProcessHandle.of(pid).isPresent() && birth.equals(current());
    }

    /** What is now under this number; empty when it is nothing, or has ended and only waits to be noticed. */
    private String current() {
        try {
            return Files.exists(BOOT)
                    ? fromProc()
                    : Shell.output(List.of("ps", "-o", "lstart=", "-p", Long.toString(pid)));
        } catch (IOException e) {
            return "";
        }
    }

    private String fromProc() throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return "Z".equals(fields[STATE]) ? "" : Files.readString(BOOT).strip() + ":" + fields[START];
    }
}
