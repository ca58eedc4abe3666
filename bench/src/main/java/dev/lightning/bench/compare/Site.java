package dev.lightning.bench.compare;

import dev.lightning.bench.bare.BareProgram;
import dev.lightning.bench.machine.Launched;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where everything is that a run starts, and how it is started.
 *
 * @param root the project
 * @param work a folder that the script throws away after the run
 * @param java the command
 * @param classPath ours, which has everything
 */
record Site(Path root, Path work, String java, String classPath) {
    private static final String MODEL = "dev.lightning.providers.testing.StandInModel";
    private static final Pattern PORT = Pattern.compile("port=(\\d+)\\R");

    /** As the script says. */
    static Site fromSystem() {
        return new Site(
                Path.of(System.getProperty("bench.root")),
                Path.of(System.getProperty("bench.work")),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("java.class.path"));
    }

    /** Starts what {@code ./lightning up} starts. */
    Launched product(Map<String, String> environment, Path log) throws IOException {
        return Launched.start(List.of(root.resolve("lightning").toString(), "up"), environment, log);
    }

    /** Starts the stand-in model, which remembers every call of a run. */
    Launched model() throws IOException {
        return program(List.of("-Xmx1g"), MODEL, List.of("--port", "0", "--delay-ms", "20"), work.resolve("model.out"));
    }

    /** Starts a bare program, with the flags of the product. */
    Launched bare(List<String> arguments, Path log) throws IOException {
        return program(List.of(), BareProgram.class.getName(), arguments, log);
    }

    private Launched program(List<String> flags, String main, List<String> arguments, Path log) throws IOException {
        List<String> command = new ArrayList<>(List.of(java, "@" + root.resolve("scripts/java.flags")));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(arguments);
        return Launched.start(command, Map.of(), log);
    }

    /** Starts a Temporal server on a PostgreSQL of its own. */
    Launched temporalOnPostgres(Path log) throws IOException {
        return Launched.start(List.of(root.resolve("bench/temporal-postgres").toString()), Map.of(), log);
    }

    static int port(Launched program) throws IOException, InterruptedException {
        return Integer.parseInt(program.awaitLine(PORT));
    }
}
