package dev.lightning.app.origins;

import dev.lightning.providers.runtime.RuntimeUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * The networks from which tools call; they are made with the first tool that may go out, and stay. The servers of this
 * process are closed to them.
 */
public final class ToolOrigins {
    private static final Logger log = LoggerFactory.getLogger(ToolOrigins.class);
    private static final long PAUSE_NANOS = Duration.ofSeconds(5).toNanos();

    private final Supplier<List<String>> known;
    private volatile List<IpAddressMatcher> networks = List.of();
    private volatile long lookAgainAt = System.nanoTime();

    /** Takes who knows the networks, as {@code 10.89.0.0/24}; asked until there are any. */
    public ToolOrigins(Supplier<List<String>> known) {
        this.known = known;
    }

    /** Closes a server to whoever calls from there. */
    public WebServerFactoryCustomizer<TomcatServletWebServerFactory> shutOut() {
        return factory -> factory.addEngineValves(new ToolsStayOutside(this));
    }

    boolean include(String address) {
        if (networks.isEmpty() && System.nanoTime() - lookAgainAt >= 0) {
            lookAgainAt = System.nanoTime() + PAUSE_NANOS;
            networks = ask();
        }
        return networks.stream().anyMatch(network -> network.matches(address));
    }

    private List<IpAddressMatcher> ask() {
        try {
            return known.get().stream().map(IpAddressMatcher::new).toList();
        } catch (RuntimeUnavailableException away) {
            log.debug("event=origins.unknown", away);
            return List.of();
        }
    }
}
