package dev.lightning.providers.webhook.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks a host up once and refuses it unless all its addresses are allowed. The client connects to the very addresses
 * returned here, so a second answer of the name server changes nothing.
 */
final class CheckedResolver implements DnsResolver {
    private final DnsResolver names;
    private final List<Cidr> allowed;

    CheckedResolver(DnsResolver names, List<Cidr> allowed) {
        this.names = names;
        this.allowed = allowed;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        if (!allowed.isEmpty() && !Arrays.stream(addresses).allMatch(this::isAllowed)) {
            throw new AddressRefusedException();
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    private boolean isAllowed(InetAddress address) {
        return allowed.stream().anyMatch(network -> network.contains(address));
    }

    /** The receiver's name leads to where the operator does not want us to go. */
    static final class AddressRefusedException extends UnknownHostException {
        private static final long serialVersionUID = 1;
    }
}
