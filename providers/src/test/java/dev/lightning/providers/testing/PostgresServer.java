package dev.lightning.providers.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real PostgreSQL of our own, in a temporary folder and on a free port, so that tests need nobody's server. It ends
 * with {@link #close} and at the latest with the JVM.
 */
public final class PostgresServer implements AutoCloseable {
    /** Has every character that a careless translation of DATABASE_URL gets wrong. */
    public static final String PASSWORD = "p@ss:w/ord%+ ü?";

    private static final String MISSING = "PostgreSQL's initdb and postgres (Debian: apt-get install postgresql)";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Path programs;
    private final Path folder;
    private final Optional<String> account;
    private final Thread stopping = new Thread(this::close);
    private int port;
    private Process process;

    /** Makes the cluster and starts it; skips or fails the test where PostgreSQL is not installed. */
    public static PostgresServer start() {
        Path initdb = Components.require(findInitdb(), MISSING);
        Optional<String> account = isRoot() ? Optional.of(unprivilegedAccount()) : Optional.empty();
        try {
            PostgresServer server = new PostgresServer(initdb.getParent(), account);
            Runtime.getRuntime().addShutdownHook(server.stopping);
            server.makeCluster();
            server.resume();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PostgresServer(Path programs, Optional<String> account) throws IOException {
        this.programs = programs;
        this.account = account;
        this.folder = Files.createTempDirectory("lightning-postgres-");
        give(folder);
        this.port = freePort();
    }

    /** A new empty database, as DATABASE_URL names it. */
    public String newDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        execute("postgres", "create database " + name);
        return url(name);
    }

    public String url(String database) {
        String password = URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8).replace("+", "%20");
        return "postgres://lightning:" + password + "@127.0.0.1:" + port + "/" + database;
    }

    /** Runs one statement as the owner of everything. */
    public void execute(String database, String sql) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts the server again after {@link #stop}, on the same port and data. */
    public void resume() {
        try {
            process = start(
                    List.of(
                            programs.resolve("postgres").toString(),
                            "-D",
                            data().toString(),
                            "-p",
                            Integer.toString(port),
                            "-k",
                            folder.toString(),
                            "-c",
                            "listen_addresses=127.0.0.1",
                            "-c",
                            "fsync=off"),
                    "server.log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("PostgreSQL has ended: " + Files.readString(folder.resolve("server.log")));
            }
            connect("postgres").close();
            return true;
        });
    }

    /** Ends the server at once, as a machine that goes away would; what was committed is kept. */
    public void stop() {
        if (process != null && process.isAlive()) {
            signal(process, "QUIT");
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

    /** A connection of the owner of everything. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database, "lightning", PASSWORD);
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void makeCluster() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        give(password);
        Process initdb = start(
                List.of(
                        programs.resolve("initdb").toString(),
                        "--pgdata=" + data(),
                        "--username=lightning",
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C.UTF-8",
                        "--no-sync"),
                "initdb.log");
        if (!ended(initdb) || initdb.exitValue() != 0) {
            throw new AssertionError("initdb failed: " + Files.readString(folder.resolve("initdb.log")));
        }
    }

    /** PostgreSQL refuses to run as root; {@code setpriv} becomes the command, so the pid is the server's own. */
    private Process start(List<String> command, String log) throws IOException {
        List<String> full = new ArrayList<>();
        account.ifPresent(user ->
                full.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + groupOf(user), "--clear-groups", "--")));
        full.addAll(command);
        return new ProcessBuilder(full)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile())
                .start();
    }

    private void give(Path file) throws IOException {
        if (account.isPresent()) {
            UserPrincipal owner =
                    file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(account.get());
            Files.setOwner(file, owner);
        }
    }

    private static Optional<Path> findInitdb() {
        List<Path> folders = new ArrayList<>();
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            versions.sorted(Comparator.reverseOrder())
                    .map(version -> version.resolve("bin"))
                    .forEach(folders::add);
        } catch (IOException e) {
            folders.add(Path.of("/usr/pgsql/bin"));
        }
        folders.add(Path.of("/opt/homebrew/bin"));
        return Components.program("initdb", folders.toArray(Path[]::new));
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static String unprivilegedAccount() {
        Components.require(Components.program("setpriv"), "setpriv, to run PostgreSQL as another user than root");
        return Components.require(
                Stream.of("postgres", "nobody")
                        .filter(user -> run("id", "-u", user) == 0)
                        .findFirst(),
                "a user postgres or nobody, because PostgreSQL refuses to run as root");
    }

    private static String groupOf(String user) {
        try {
            Process id = new ProcessBuilder("id", "-g", user).start();
            return new String(id.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void signal(Process process, String signal) {
        run("kill", "-" + signal, Long.toString(process.pid()));
        if (!ended(process)) {
            process.destroyForcibly();
        }
    }

    private static int run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return ended(process) ? process.exitValue() : -1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean ended(Process process) {
        try {
            return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
