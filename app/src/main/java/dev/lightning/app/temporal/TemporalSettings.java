package dev.lightning.app.temporal;

import dev.lightning.app.settings.Ports;
import dev.lightning.app.settings.StartFailure;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where Temporal is, or how the owned server is to be.
 *
 * @param address of a server that somebody else runs; empty means that this process owns one
 * @param namespace in either case
 * @param port of the owned server; 0 takes a free one
 * @param uiPort of the owned server's Web UI; 0 takes a free one
 * @param uiAddress where people find the Web UI of a server that somebody else runs; empty when unknown
 * @param synchronous SQLite's durability of the owned server: {@code normal} may lose the last commits in a power cut
 * @param bin the owned server's binary; empty means to look for it
 */
public record TemporalSettings(
        @Nullable String address,
        String namespace,
        int port,
        int uiPort,
        @Nullable String uiAddress,
        String synchronous,
        @Nullable String bin) {
    private static final Pattern ADDRESS = Pattern.compile("\\S+:\\d{1,5}");

    public TemporalSettings {
        Ports.require(Map.of("TEMPORAL_PORT", port, "TEMPORAL_UI_PORT", uiPort));
        address = blankToNull(address);
        if (address != null && !ADDRESS.matcher(address).matches()) {
            throw new StartFailure("TEMPORAL_ADDRESS must be a host and a port, such as localhost:7233");
        }
        uiAddress = blankToNull(uiAddress);
        bin = blankToNull(bin);
    }

    /** True when this process starts, watches and ends a server of its own. */
    public boolean isOwned() {
        return address == null;
    }

    private static @Nullable String blankToNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }
}
