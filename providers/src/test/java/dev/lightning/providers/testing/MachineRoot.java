package dev.lightning.providers.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** An image that plays a virtual machine: busybox, and this machine's curl and setpriv with the libraries they need. */
public final class MachineRoot {
    public static final String IMAGE = "lightning-test-machine:1";

    private static final Pattern LIBRARY = Pattern.compile("(?:=>\\s*)?(/\\S+)\\s+\\(0x");

    private MachineRoot() {}

    /** Makes it in this engine. */
    public static void importInto(ContainerEngine engine) {
        Map<String, Path> files = new LinkedHashMap<>();
        for (String name : List.of("curl", "setpriv")) {
            Path program = Components.require(
                    Components.program(name, Path.of("/usr/bin")), name + " (Debian: apt-get install curl util-linux)");
            files.put("usr/bin/" + name, program);
            libraries(program).forEach(library -> files.put(library.toString().substring(1), library));
        }
        engine.importImage(IMAGE, ContainerEngine.root(files));
    }

    private static List<Path> libraries(Path program) {
        try {
            Process ldd = new ProcessBuilder("ldd", program.toString()).start();
            String told = new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return LIBRARY.matcher(told)
                    .results()
                    .map(line -> Path.of(line.group(1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
