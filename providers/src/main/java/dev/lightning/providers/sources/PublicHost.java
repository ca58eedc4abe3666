package dev.lightning.providers.sources;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells hosts out in the world from our own machine and its private neighbourhood. What is written is judged before
 * anything is kept, and the address that a name leads to is judged again by whoever connects.
 */
public final class PublicHost {
    private static final Pattern NAME =
            Pattern.compile("(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,62})(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,62}))*\\.?");
    private static final Pattern NUMERIC =
            Pattern.compile("(?i)(0x[0-9a-f]*|[0-9]+)(\\.(0x[0-9a-f]*|[0-9]+)){0,3}\\.?");

    /** First address and prefix length of IPv4 ranges that are not out in the world. */
    private static final List<int[]> PRIVATE_V4 = List.of(
            range(0, 0, 8),
            range(10, 0, 8),
            range(100, 64, 10),
            range(127, 0, 8),
            range(169, 254, 16),
            range(172, 16, 12),
            range(192, 0, 24),
            range(192, 168, 16),
            range(198, 18, 15),
            range(224, 0, 3));

    private PublicHost() {}

    /** Whether this is an address out in the world, so that one may connect to it for somebody else. */
    public static boolean accepts(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? isPublic(bytes) : isGlobalUnicast(bytes);
    }

    /**
     * Whether this is a well formed name or address literal (IPv6 in brackets) that is not visibly a private one; names
     * are not looked up here.
     */
    public static boolean accepts(String host) {
        if (host.startsWith("[")) {
            return host.endsWith("]") && isPublicV6(host.substring(1, host.length() - 1));
        }
        if (NUMERIC.matcher(host).matches()) {
            return isPublicV4(host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
        }
        String name = host.toLowerCase(Locale.ROOT);
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return NAME.matcher(host).matches() && !bare.equals("localhost") && !bare.endsWith(".localhost");
    }

    /** Every spelling that the C library takes for an address: octal, hexadecimal, with fewer than four parts. */
    private static boolean isPublicV4(String literal) {
        try {
            return isPublic(Inet4Address.ofPosixLiteral(literal).getAddress());
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    private static boolean isPublicV6(String literal) {
        if (literal.indexOf('%') >= 0) {
            return false;
        }
        try {
            return accepts(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    private static boolean isPublic(byte[] bytes) {
        int address = (bytes[0] & 0xFF) << 24 | (bytes[1] & 0xFF) << 16 | (bytes[2] & 0xFF) << 8 | (bytes[3] & 0xFF);
        boolean azureWireServer = address == (168 << 24 | 63 << 16 | 129 << 8 | 16);
        return !azureWireServer
                && PRIVATE_V4.stream().noneMatch(range -> (address ^ range[0]) >>> (32 - range[1]) == 0);
    }

    /** 2000::/3 without what wraps an IPv4 address (Teredo, 6to4) or is for documentation. */
    private static boolean isGlobalUnicast(byte[] bytes) {
        int first = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
        int second = (bytes[2] & 0xFF) << 8 | (bytes[3] & 0xFF);
        boolean teredoOrDocumentation = first == 0x2001 && (second == 0 || second == 0xDB8);
        boolean documentation = first == 0x3FFF && second < 0x1000;
        return (first & 0xE000) == 0x2000 && first != 0x2002 && !teredoOrDocumentation && !documentation;
    }

    private static int[] range(int first, int second, int length) {
        return new int[] {first << 24 | second << 16, length};
    }
}
