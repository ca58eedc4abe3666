package dev.lightning.providers.webhook.http;

import java.math.BigInteger;
import java.net.InetAddress;

/** A network that the receiver's address may lie in. */
record Cidr(BigInteger network, int prefix, int width) {
    /** Reads {@code 10.0.0.0/8}, {@code fd00::/8} or a single address. */
    static Cidr parse(String text) {
        String[] parts = text.strip().split("/", -1);
        try {
            byte[] address = InetAddress.ofLiteral(parts[0]).getAddress();
            int width = address.length * Byte.SIZE;
            int prefix = parts.length == 1 ? width : Integer.parseInt(parts[1]);
            if (isWrittenOut(parts[0]) && parts.length <= 2 && prefix >= 0 && prefix <= width) {
                return new Cidr(new BigInteger(1, address).shiftRight(width - prefix), prefix, width);
            }
        } catch (IllegalArgumentException notANetwork) {
            // told below, in the same words
        }
        throw new IllegalArgumentException(
                "NOTIFY_ALLOW_CIDR has an entry that is not a network such as 10.0.0.0/8: " + text);
    }

    /** Not one of the short forms such as 10.1, which mean something else than they seem to. */
    private static boolean isWrittenOut(String address) {
        return address.contains(":")
                || address.chars().filter(each -> each == '.').count() == 3;
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length * Byte.SIZE == width
                && new BigInteger(1, bytes).shiftRight(width - prefix).equals(network);
    }
}
