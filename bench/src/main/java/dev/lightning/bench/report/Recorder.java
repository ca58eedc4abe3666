package dev.lightning.bench.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the results of a measurement go.
 *
 * @param bench the folder of the measurements
 * @param place the name of the measurement's place in its README
 * @param name the name under which the results are kept; empty when they are only printed and left in {@code target}
 */
public record Recorder(Path bench, String place, String name) {
    /** For the project that the scripts name. */
    public static Recorder of(String place, String name) {
        return new Recorder(Path.of(System.getProperty("bench.root"), "bench"), place, name);
    }

    /** Prints the tables and keeps the results as they are to be kept. */
    public void keep(Object results, String markdown) throws IOException {
        PrintStream out = System.out;
        out.println(markdown);
        if (name.isEmpty()) {
            write(bench.resolve("target/" + place + ".json"), results);
        } else {
            write(bench.resolve("results/" + name + ".json"), results);
            writeInto(bench.resolve("README.md"), markdown);
        }
    }

    private static void write(Path file, Object results) throws IOException {
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.createDirectories(file.getParent());
        Files.writeString(file, mapper.writeValueAsString(results) + "\n");
    }

    private void writeInto(Path page, String markdown) throws IOException {
        String begin = "<!-- " + place + ": begin -->\n";
        String end = "<!-- " + place + ": end -->";
        String text = Files.readString(page);
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new IOException(page + " has no place for the table: " + begin + end);
        }
        Files.writeString(page, text.substring(0, from + begin.length()) + markdown + text.substring(to));
    }
}
