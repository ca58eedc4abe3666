package dev.lightning.app.settings;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds out that a port is taken before anything is started, and says which setting moves it. */
public final class Ports {
    private static final int HIGHEST = 65_535;

    private Ports() {}

    /** Refuses what is no port, each by its setting; 0 is one, it means any. */
    public static void require(Map<String, Integer> ports) {
        List<String> wrong = new TreeMap<>(ports)
                .entrySet().stream()
                        .filter(port -> port.getValue() < 0 || port.getValue() > HIGHEST)
                        .map(port -> port.getKey() + " must be from 0 to " + HIGHEST)
                        .toList();
        if (!wrong.isEmpty()) {
            throw new StartFailure(String.join("\n", wrong));
        }
    }

    /** Refuses what is no address of this machine, which no port could mend. */
    public static void requireAddress(String setting, String address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
        } catch (IOException notOurs) {
            throw new StartFailure("%s=%s is no address of this machine".formatted(setting, address), notOurs);
        }
    }

    /** Refuses a taken port; returns it, or a free one for 0, which nobody else who asks for any port gets for a minute. */
    public static int claim(String setting, String address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            if (port == 0) {
                reserve(socket);
            }
            return socket.getLocalPort();
        } catch (IOException taken) {
            throw new StartFailure(
                    "port %d of %s cannot be had (%s); set %s to another one, or to 0 for any"
                            .formatted(port, address, taken.getMessage(), setting),
                    taken);
        }
    }

    /**
     * Leaves a connection behind whose server side closed first: while the system remembers it, the port can be bound by
     * its number only.
     */
    private static void reserve(ServerSocket socket) throws IOException {
        try (Socket client = new Socket(socket.getInetAddress(), socket.getLocalPort())) {
            socket.accept().close();
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }
}
