package dev.lightning.api.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Tells whether a listener can be reached from this machine only, on which more may be allowed there. */
public final class Loopback {
    private Loopback() {}

    /** Takes what the listener is bound to; null or blank stands for every address of the machine. */
    public static boolean is(@Nullable String address) {
        if (address == null || address.isBlank()) {
            return false;
        }
        try {
            return InetAddress.getByName(address.strip()).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
