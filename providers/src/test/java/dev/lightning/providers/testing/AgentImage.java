package dev.lightning.providers.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An image for what serves a run beside its program: busybox, and this machine's curl with the libraries it needs. */
public final class AgentImage {
    public static final String NAME = "lightning-test-agent:1";

    private static final String CURL = "curl (Debian: apt-get install curl)";
    private static final Pattern LIBRARY = Pattern.compile("(?:=>\\s*)?(/\\S+)\\s+\\(0x");

    private AgentImage() {}

    /** Makes it in this engine. */
    public static void importInto(ContainerEngine engine) {
        Path curl = Components.require(Components.program("curl"), CURL);
        Map<String, Path> files = new LinkedHashMap<>();
        files.put("bin/curl", curl);
        for (Path library : libraries(curl)) {
            files.put(library.toString().substring(1), library);
        }
        engine.importImage(NAME, ContainerEngine.root(files));
    }

    private static Iterable<Path> libraries(Path program) {
        try {
            Process ldd = new ProcessBuilder("ldd", program.toString()).start();
            Matcher lines = LIBRARY.matcher(new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            return lines.results().map(line -> Path.of(line.group(1))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
