package dev.lightning.app.temporal;

import dev.lightning.app.home.Home;
import dev.lightning.app.settings.StartFailure;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.context.SmartLifecycle;

/**
 * The door to the owned server: finds the binary and sets the server going.
 *
 * @param target where it will answer
 * @param lifecycle stops it after everything that needs it
 */
public record TemporalOwner(TemporalTarget target, SmartLifecycle lifecycle) {
    /** Returns at once; {@code onFailedStart} hears later when the server's first start fails. */
    public static TemporalOwner start(
            TemporalSettings settings,
            Home home,
            Map<String, String> environment,
            Consumer<String> tell,
            Consumer<StartFailure> onFailedStart) {
        EmbeddedTemporal server = new EmbeddedTemporal(
                settings, new TemporalBinary(environment, tell).locate(settings.bin()), home, onFailedStart);
        server.start();
        return new TemporalOwner(server.target(), server);
    }
}
