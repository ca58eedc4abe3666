package dev.lightning.providers.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real Azurite of our own, Microsoft's emulator of a storage account, in a temporary folder and on free ports. It ends
 * with {@link #close} and at the latest with the JVM.
 */
public final class Azurite implements AutoCloseable {
    private static final String VERSION = "3.37.0";
    private static final String MISSING =
            "Azurite " + VERSION + " with Node.js (scripts/setup-test-machine installs both)";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ACCOUNT = "lightning";
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final List<Path> programs;
    private final Path folder;
    private final int tables;
    private final int blobs;
    private final String key = newKey();
    private final Thread stopping = new Thread(this::close);
    private Process process;

    /** Starts it; skips or fails the test where it is not installed. */
    public static Azurite start() {
        Path node = Components.require(Components.program("node", Path.of("/usr/bin")), MISSING);
        Path azurite = Components.require(Optional.of(installed()).filter(Files::exists), MISSING);
        try {
            Azurite server = new Azurite(List.of(node, azurite));
            Runtime.getRuntime().addShutdownHook(server.stopping);
            server.resume();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Azurite(List<Path> programs) throws IOException {
        this.programs = programs;
        this.folder = Files.createTempDirectory("lightning-azurite-");
        this.tables = freePort();
        this.blobs = freePort();
    }

    /** What STORAGE_CONNECTION says to reach it. */
    public String connection() {
        return connection(key, tables, blobs);
    }

    /** The same with another account key. */
    public String connection(String otherKey) {
        return connection(otherKey, tables, blobs);
    }

    /** The same with another port for tables, of something that stands before them. */
    public String connectionThrough(FaultyProxy proxy) {
        return connection(key, proxy.port(), blobs);
    }

    /** Something faulty before its tables. */
    public FaultyProxy proxyOfTables() {
        return new FaultyProxy(tables);
    }

    /** Something faulty before its blobs, and the connection string through it. */
    public FaultyProxy proxyOfBlobs() {
        return new FaultyProxy(blobs);
    }

    public String connectionToBlobsThrough(FaultyProxy proxy) {
        return connection(key, tables, proxy.port());
    }

    private static String connection(String key, int tables, int blobs) {
        return "DefaultEndpointsProtocol=http;AccountName=" + ACCOUNT + ";AccountKey=" + key
                + ";TableEndpoint=http://127.0.0.1:" + tables + "/" + ACCOUNT
                + ";BlobEndpoint=http://127.0.0.1:" + blobs + "/" + ACCOUNT + ";";
    }

    /** The key that opens it, a secret like a real one. */
    public String key() {
        return key;
    }

    /** Well formed, and not the key of any account. */
    public static String newKey() {
        byte[] bytes = new byte[64];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** A word that no other test of this JVM has, for tables and containers of one's own. */
    public static String newName() {
        return "test" + NAMES.incrementAndGet();
    }

    /** Starts it again after {@link #stop}, on the same ports and data. */
    public void resume() {
        try {
            ProcessBuilder builder = new ProcessBuilder(command())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
            builder.environment().put("AZURITE_ACCOUNTS", ACCOUNT + ":" + key);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("Azurite has ended: " + Files.readString(log()));
            }
            answers(tables);
            answers(blobs);
            return true;
        });
    }

    /** Ends it; what was written is kept, which it saves when it is asked to end and not when it is killed. */
    public void stop() {
        if (process != null) {
            process.destroy();
            try {
                if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        stop();
        if (Thread.currentThread() != stopping) {
            Runtime.getRuntime().removeShutdownHook(stopping);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command() {
        return Stream.concat(
                        programs.stream().map(Path::toString),
                        Stream.of(
                                "--location",
                                folder.toString(),
                                "--tablePort",
                                Integer.toString(tables),
                                "--blobPort",
                                Integer.toString(blobs),
                                "--queuePort",
                                "0",
                                "--skipApiVersionCheck",
                                "--disableTelemetry",
                                "--silent"))
                .toList();
    }

    private Path log() {
        return folder.resolve("azurite.log");
    }

    private static Path installed() {
        String cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(given -> !given.isEmpty())
                .orElse(System.getProperty("user.home") + "/.cache");
        return Path.of(cache, "lightning", "azurite-" + VERSION, "node_modules/azurite/dist/src/azurite.js");
    }

    private static void answers(int port) throws IOException {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
