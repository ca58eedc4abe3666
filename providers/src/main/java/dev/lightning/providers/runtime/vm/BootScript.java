package dev.lightning.providers.runtime.vm;

import dev.lightning.providers.Sha256;
import dev.lightning.providers.runtime.RunEnvironment;
import dev.lightning.providers.runtime.RunRequest;
import dev.lightning.providers.runtime.azure.AgentScript;
import dev.lightning.providers.runtime.azure.RunLinks;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a machine is told: at its first boot by Azure, and by a link what to run, since that may hold secrets. */
final class BootScript {
    private static final String HOME = "/var/lib/lightning";
    private static final String WORK = HOME + "/work";
    private static final String OUTPUT = WORK + "/out";
    private static final Map<String, String> DEFAULTS = Map.of(
            "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME", WORK, "LANG", "C.UTF-8");
    private static final String END = "end-of-this-file-of-lightning";

    private BootScript() {}

    /** Installs the agent with its links and what carries the run, and starts it now and at every boot. */
    static String boot(RunRequest request, RunLinks links) {
        return install("machine.sh", file("run.env", environment(request, links)));
    }

    /**
     * The same for a machine that serves several: what it is to run is said by its slot.
     *
     * @param link to the slot
     * @param warm how long it waits for the next
     * @param until when it is over, whatever it does
     */
    static String boot(String machine, String link, Duration warm, Instant until) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("LIGHTNING_MACHINE", machine);
        variables.put("LIGHTNING_LINK_SLOT", link);
        variables.put("LIGHTNING_WARM", Long.toString(warm.toSeconds()));
        variables.put("LIGHTNING_UNTIL", Long.toString(until.getEpochSecond()));
        return install("warm.sh", file("warm.sh", read("warm.sh")) + file("machine.env", exports("", variables)));
    }

    /** All that a machine has of us before it is told what to run: those that differ in it do not stand for each other. */
    static String version() {
        return Sha256.hex(install("warm.sh", read("warm.sh")));
    }

    private static String install(String program, String files) {
        return read("install.sh")
                .replace("@PROGRAM@", program)
                .replace(
                        "@FILES@",
                        file("agent.sh", AgentScript.agent())
                                + file("user.sh", read("user.sh"))
                                + file("machine.sh", read("machine.sh"))
                                + files);
    }

    /** What a machine that serves several is told of its next run; its link to the slot is a new one. */
    static String next(RunRequest request, RunLinks links, String link) {
        return environment(request, links) + exports("export ", Map.of("LIGHTNING_LINK_SLOT", link));
    }

    private static String environment(RunRequest request, RunLinks links) {
        Map<String, String> variables = new LinkedHashMap<>(links.with(request));
        variables.put("LIGHTNING_SHARED", HOME + "/shared");
        variables.put("LIGHTNING_WORK", WORK);
        variables.put("LIGHTNING_STATE", HOME + "/state");
        variables.put("LIGHTNING_PIDS", Integer.toString(request.limits().pids()));
        variables.put(
                "LIGHTNING_LIFETIME", Long.toString(request.limits().lifetime().toSeconds()));
        return exports("export ", variables);
    }

    private static String exports(String word, Map<String, String> variables) {
        return variables.entrySet().stream()
                .map(variable -> word + variable.getKey() + "=" + quoted(variable.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private static String file(String name, String content) {
        return "cat >\"$lightning_home/" + name + "\" <<'" + END + "'\n" + content
                + (content.endsWith("\n") ? "" : "\n") + END + "\n";
    }

    /** Becomes the program, with the environment that it is to have and nothing else. */
    static String job(RunRequest request) {
        Map<String, String> environment = RunEnvironment.of(request, DEFAULTS, OUTPUT);
        List<String> words = Stream.concat(
                        environment.entrySet().stream().map(variable -> variable.getKey() + "=" + variable.getValue()),
                        request.command().stream())
                .map(BootScript::quoted)
                .toList();
        return "cd " + WORK + "/workspace 2>/dev/null || cd " + WORK + " || exit 125\nexec env -i "
                + String.join(" ", words) + "\n";
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private static String read(String name) {
        try (InputStream script = BootScript.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new IllegalStateException(name + " is missing in this program's archive");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
