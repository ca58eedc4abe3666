package dev.lightning.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A process as {@code /proc} shows it.
 *
 * @param ticks processor time of itself and of its children that have ended, in hundredths of a second
 */
public record LinuxProcess(long id, long parent, String name, long ticks) {
    private static final Path PROC = Path.of("/proc");

    /** Where the fields begin that follow the name, which may have spaces and parentheses itself. */
    private static final String END_OF_NAME = ") ";

    /** This process and all that descend from it, as they are now. */
    public static List<LinuxProcess> tree(long root) throws IOException {
        List<LinuxProcess> all;
        try (Stream<Path> entries = Files.list(PROC)) {
            all = entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.matches("\\d+"))
                    .flatMap(name -> read(Long.parseLong(name)).stream())
                    .toList();
        }
        return all.stream().filter(process -> descends(process, root, all)).toList();
    }

    /** The words of its command line. */
    public List<String> command() throws IOException {
        return List.of(Files.readString(folder().resolve("cmdline")).split("\0"));
    }

    /** Its environment, a {@code NAME=value} each. */
    public List<String> environment() throws IOException {
        return List.of(Files.readString(folder().resolve("environ")).split("\0"));
    }

    /** Resident memory. */
    double residentMB() {
        return kilobytes("smaps_rollup", "Rss:") / 1024.0;
    }

    /** Its share of resident memory: what several processes have together counts for each in part. */
    double proportionalMB() {
        return kilobytes("smaps_rollup", "Pss:") / 1024.0;
    }

    /** The most resident memory that this process ever had. */
    public static long peakMB(long id) {
        return new LinuxProcess(id, 0, "", 0).kilobytes("status", "VmHWM:") / 1024;
    }

    /** Nothing for one that has just ended. */
    private long kilobytes(String file, String label) {
        try {
            return Files.readAllLines(folder().resolve(file)).stream()
                    .filter(line -> line.startsWith(label))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException ended) {
            return 0;
        }
    }

    private Path folder() {
        return PROC.resolve(Long.toString(id));
    }

    private static boolean descends(LinuxProcess process, long root, List<LinuxProcess> all) {
        return process.id == root
                || all.stream()
                        .filter(candidate -> candidate.id == process.parent)
                        .anyMatch(parent -> descends(parent, root, all));
    }

    /** Empty for one that has just ended. */
    private static Optional<LinuxProcess> read(long id) {
        try {
            String stat = Files.readString(PROC.resolve(id + "/stat"));
            int end = stat.lastIndexOf(END_OF_NAME);
            String[] fields = stat.substring(end + END_OF_NAME.length()).split(" ", -1);
            long ticks = Stream.of(fields)
                    .skip(11)
                    .limit(4)
                    .mapToLong(Long::parseLong)
                    .sum();
            return Optional.of(
                    new LinuxProcess(id, Long.parseLong(fields[1]), stat.substring(stat.indexOf('(') + 1, end), ticks));
        } catch (IOException ended) {
            return Optional.empty();
        }
    }
}
