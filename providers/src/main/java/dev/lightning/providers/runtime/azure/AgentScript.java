package dev.lightning.providers.runtime.azure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The shell scripts that run beside and around a program on Azure. */
public final class AgentScript {
    private AgentScript() {}

    /** Serves a run: {@code agent.sh fetch | keep | report | serve}, told by its environment. */
    public static String agent() {
        return read("agent.sh");
    }

    /** Runs the program of a container in an image that need have nothing but a shell. */
    public static String program(String shared, String work, long lifetimeSeconds) {
        String script = read("program.sh");
        for (Map.Entry<String, String> place : Map.of(
                        "@SHARED@", shared, "@WORK@", work, "@LIFETIME@", Long.toString(lifetimeSeconds))
                .entrySet()) {
            script = script.replace(place.getKey(), place.getValue());
        }
        return script;
    }

    private static String read(String name) {
        try (InputStream script = AgentScript.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new IllegalStateException(name + " is missing in this program's archive");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
