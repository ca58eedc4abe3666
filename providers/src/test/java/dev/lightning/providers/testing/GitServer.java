package dev.lightning.providers.testing;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Repositories over HTTP as git itself serves them ({@code git http-backend}): everybody's below {@code /open/}, and
 * below {@code /closed/} the same for those who know the password.
 */
public final class GitServer implements AutoCloseable {
    public static final String USER = "deploy";

    private final Path git;
    private final Path root;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile @Nullable Integer trouble;

    private GitServer(Path git, Path root, String password) throws IOException {
        this.git = git;
        this.root = root;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.createContext("/open", exchange -> serve(exchange, "/open"));
        HttpContext closed = server.createContext("/closed", exchange -> serve(exchange, "/closed"));
        closed.setAuthenticator(new BasicAuthenticator("repositories") {
            @Override
            public boolean checkCredentials(String user, String given) {
                return user.equals(USER) && given.equals(password);
            }
        });
        server.createContext("/elsewhere", exchange -> redirect(exchange, "http://localhost:"));
        server.createContext("/moved", exchange -> redirect(exchange, "http://127.0.0.1:"));
        server.setExecutor(threads);
        server.start();
    }

    /** A server of the repositories in this folder, on a free port; needs git on the machine. */
    public static GitServer start(Path root, String password) {
        Path git = Components.require(Components.program("git"), "git");
        try {
            return new GitServer(git, root, password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of a repository that everybody may read. */
    public String open(String name) {
        return address("open", name);
    }

    /** The address of the same repository for those with the password. */
    public String closed(String name) {
        return address("closed", name);
    }

    /** Any address of this server. */
    public String address(String area, String name) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + area + "/" + name;
    }

    /** Answers everything with this status from now on; null for as usual. */
    public void failWith(@Nullable Integer status) {
        trouble = status;
    }

    /** The requests so far, as method and path. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** Makes a repository with one commit on {@code main}, or adds a commit with these files to it; tells its id. */
    public String commit(String name, Map<String, String> files) {
        Path repository = root.resolve(name);
        try {
            if (!Files.exists(repository)) {
                run(root, "init", "-q", "-b", "main", name);
            }
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = repository.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return commitAll(name);
    }

    /** Commits whatever is in the folder of the repository. */
    public String commitAll(String name) {
        run(folder(name), "add", "-A");
        run(folder(name), "commit", "-q", "--allow-empty", "-m", "a commit");
        return run(folder(name), "rev-parse", "HEAD");
    }

    public Path folder(String name) {
        return root.resolve(name);
    }

    /** What git says to these arguments. */
    public String run(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of(git.toString()));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(Files.createDirectories(folder).toFile())
                    .redirectErrorStream(true);
            builder.environment().putAll(person());
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> person() {
        return Map.of(
                "GIT_CONFIG_GLOBAL", "/dev/null",
                "GIT_CONFIG_SYSTEM", "/dev/null",
                "GIT_AUTHOR_NAME", "Somebody",
                "GIT_AUTHOR_EMAIL", "somebody@example.org",
                "GIT_COMMITTER_NAME", "Somebody",
                "GIT_COMMITTER_EMAIL", "somebody@example.org");
    }

    private void redirect(HttpExchange exchange, String to) throws IOException {
        String rest = exchange.getRequestURI().toString().replaceFirst("^/[a-z]+/", "/open/");
        exchange.getResponseHeaders().set("Location", to + server.getAddress().getPort() + rest);
        exchange.sendResponseHeaders(301, -1);
        exchange.close();
    }

    private void serve(HttpExchange exchange, String prefix) throws IOException {
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        Integer failing = trouble;
        try (exchange) {
            if (failing != null) {
                exchange.sendResponseHeaders(failing, -1);
                return;
            }
            ProcessBuilder backend = new ProcessBuilder(git.toString(), "http-backend");
            backend.environment().putAll(cgi(exchange, prefix));
            backend.redirectError(ProcessBuilder.Redirect.DISCARD);
            Process process = backend.start();
            try (OutputStream in = process.getOutputStream()) {
                exchange.getRequestBody().transferTo(in);
            }
            try (InputStream out = new BufferedInputStream(process.getInputStream())) {
                answer(exchange, out);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private Map<String, String> cgi(HttpExchange exchange, String prefix) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "GIT_PROJECT_ROOT", root.toString(),
                "GIT_HTTP_EXPORT_ALL", "1",
                "GIT_CONFIG_GLOBAL", "/dev/null",
                "REQUEST_METHOD", exchange.getRequestMethod(),
                "PATH_INFO", exchange.getRequestURI().getPath().substring(prefix.length())));
        variables.put("QUERY_STRING", String.valueOf(exchange.getRequestURI().getRawQuery()));
        UnaryOperator<@Nullable String> header =
                name -> exchange.getRequestHeaders().getFirst(name);
        Map.of(
                        "Content-Type", "CONTENT_TYPE",
                        "Content-Length", "CONTENT_LENGTH",
                        "Content-Encoding", "HTTP_CONTENT_ENCODING",
                        "Git-Protocol", "GIT_PROTOCOL")
                .forEach((name, variable) -> {
                    String value = header.apply(name);
                    if (value != null) {
                        variables.put(variable, value);
                    }
                });
        return variables;
    }

    private static void answer(HttpExchange exchange, InputStream out) throws IOException {
        int status = 200;
        for (String line = line(out); !line.isEmpty(); line = line(out)) {
            String name = line.substring(0, line.indexOf(':'));
            String value = line.substring(line.indexOf(':') + 1).strip();
            if (name.equals("Status")) {
                status = Integer.parseInt(value.substring(0, 3));
            } else {
                exchange.getResponseHeaders().set(name, value);
            }
        }
        exchange.sendResponseHeaders(status, 0);
        out.transferTo(exchange.getResponseBody());
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int each = in.read(); each >= 0 && each != '\n'; each = in.read()) {
            line.write(each);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
