package dev.lightning.providers.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image for what serves a run beside its program: busybox, and of this
 * machine the shell, curl and tar with the libraries they need, because busybox may lack some of what these can.
 */
public final class AgentImage {
    public static final String NAME = "lightning-test-agent:1";

    private static final List<String> PROGRAMS = List.of("dash", "curl", "tar");
    private static final String MISSING = " (Debian: apt-get install dash curl tar)";
    private static final Pattern LIBRARY = Pattern.compile("(?:=>\\s*)?(/\\S+)\\s+\\(0x");

    private AgentImage() {}

    /** Makes it in this engine. */
    public static void importInto(ContainerEngine engine) {
        engine.importImage(NAME, root(PROGRAMS));
    }

    /** The files of an image with these programs of this machine, of which dash is the shell. */
    static byte[] root(List<String> programs) {
        Map<String, Path> files = new LinkedHashMap<>();
        for (String each : programs) {
            Path program = Components.require(Components.program(each, Path.of("/bin")), each + MISSING);
            files.put("bin/" + (each.equals("dash") ? "sh" : each), program);
            libraries(program).forEach(library -> files.put(library.toString().substring(1), library));
        }
        return ContainerEngine.root(files);
    }

    private static List<Path> libraries(Path program) {
        try {
            Process ldd = new ProcessBuilder("ldd", program.toString()).start();
            Matcher lines = LIBRARY.matcher(new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            return lines.results().map(line -> Path.of(line.group(1))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
