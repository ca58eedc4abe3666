package dev.lightning.app.settings;

import dev.lightning.api.security.Loopback;
import java.nio.file.Path;
import java.util.Map;

/**
 * What this process is and where it listens.
 *
 * @param port of the API; 0 takes a free one
 * @param metricsPort of Prometheus' metrics; 0 takes a free one
 * @param home the folder of all state in local mode
 */
public record ProcessSettings(
        Mode mode, ServiceType serviceType, Path home, String bindAddress, int port, int metricsPort) {
    public ProcessSettings {
        Ports.require(Map.of("PORT", port, "METRICS_PORT", metricsPort));
        if (port != 0 && port == metricsPort) {
            throw new StartFailure("PORT and METRICS_PORT must differ; both are " + port);
        }
        home = home.toAbsolutePath().normalize();
    }

    /** Whether this is a developer's machine that listens to nobody else. */
    public boolean isOwnMachine() {
        return mode == Mode.LOCAL && Loopback.is(bindAddress);
    }

    /** The address to show and to connect to from this machine. */
    public String reachableHost() {
        return switch (bindAddress) {
            case "127.0.0.1", "::1", "0.0.0.0", "::" -> "localhost";
            default -> bindAddress;
        };
    }
}
