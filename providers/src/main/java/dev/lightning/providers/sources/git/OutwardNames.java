package dev.lightning.providers.sources.git;

import dev.lightning.providers.sources.PublicHost;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks a host up once and refuses it unless all its addresses are out in the world. The client connects to the very
 * addresses returned here, so a second answer of the name server changes nothing.
 *
 * @param names who is asked
 * @param local whether any address will do
 */
record OutwardNames(DnsResolver names, boolean local) implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        if (!local && !Arrays.stream(addresses).allMatch(PublicHost::accepts)) {
            throw new AddressRefusedException();
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    /** The repository's name leads into our own neighbourhood. */
    static final class AddressRefusedException extends UnknownHostException {
        private static final long serialVersionUID = 1;
    }
}
