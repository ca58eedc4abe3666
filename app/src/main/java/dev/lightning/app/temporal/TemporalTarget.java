package dev.lightning.app.temporal;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one Temporal of this process, whoever runs it.
 *
 * @param address host and port of its gRPC endpoint
 * @param uiAddress the Web UI's, null when unknown
 * @param owned whether this process owns it
 */
public record TemporalTarget(
        String address, String namespace, @Nullable String uiAddress, boolean owned) {
    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127\\.[0-9.]+|\\[::1\\])(:[0-9]+)?");

    /** Whether calls never leave this machine, told without asking a name server. */
    boolean isOnThisMachine() {
        return LOOPBACK.matcher(address).matches();
    }
}
