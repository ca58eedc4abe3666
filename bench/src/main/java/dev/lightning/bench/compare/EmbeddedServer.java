package dev.lightning.bench.compare;

import dev.lightning.bench.machine.Launched;
import dev.lightning.bench.machine.LinuxProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The Temporal server as the product starts it for itself: read from the product's own, so that the bare programs have
 * the same in every setting, whatever is tuned there.
 */
record EmbeddedServer(List<String> command, Map<String, String> environment) {
    /** Reads it from a product that runs. */
    static EmbeddedServer of(long product) throws IOException {
        for (LinuxProcess process : LinuxProcess.tree(product)) {
            List<String> command = process.command();
            if (command.contains("start-dev") && command.getFirst().startsWith("/") && !isShell(command)) {
                return new EmbeddedServer(command, variables(process.environment()));
            }
        }
        throw new IllegalStateException("The product owns no Temporal server");
    }

    /** Starts another on this port, with a database of its own. */
    Launched start(int port, Path folder) throws IOException {
        List<String> ours = new ArrayList<>(command);
        replace(ours, "--port", Integer.toString(port));
        replace(ours, "--ui-port", Integer.toString(freePort()));
        replace(ours, "--http-port", Integer.toString(freePort()));
        replace(ours, "--metrics-port", Integer.toString(freePort()));
        replace(ours, "--db-filename", folder.resolve("temporal.db").toString());
        replace(ours, "--log-file", folder.resolve("temporal.log").toString());
        return Launched.start(ours, environment, folder.resolve("temporal.out"));
    }

    static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private static void replace(List<String> command, String option, String value) {
        int at = command.indexOf(option);
        if (at >= 0) {
            command.set(at + 1, value);
        }
    }

    private static boolean isShell(List<String> command) {
        return command.getFirst().endsWith("sh");
    }

    private static Map<String, String> variables(List<String> environment) {
        return environment.stream()
                .filter(variable -> variable.indexOf('=') > 0)
                .collect(Collectors.toMap(
                        variable -> variable.substring(0, variable.indexOf('=')),
                        variable -> variable.substring(variable.indexOf('=') + 1),
                        (first, _) -> first));
    }
}
