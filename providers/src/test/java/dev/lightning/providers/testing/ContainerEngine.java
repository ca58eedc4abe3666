package dev.lightning.providers.testing;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.awaitility.Awaitility;

/**
 * A real container engine with an image to run: the one that DOCKER_HOST names, or else podman's service, started on a
 * socket of its own and ended with {@link #close} and at the latest with the JVM.
 */
public final class ContainerEngine implements AutoCloseable {
    /** Made of busybox; has a shell, the usual small programs and nothing else. */
    public static final String IMAGE = "lightning-test-tool:1";

    private static final String MISSING =
            "a container engine: DOCKER_HOST, or podman as root (Debian: apt-get install podman runc)";
    private static final String BUSYBOX = "a static busybox (Debian: apt-get install busybox-static)";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PROGRAM = 0100755;
    private static final int FOLDER = 040755;
    private static final int SCRATCH = 041777;

    private final String host;
    private final Optional<Process> service;
    private final Optional<Path> folder;
    private final Thread stopping = new Thread(this::stop);

    /** Starts or finds it and imports the image; skips or fails the test where there is none. */
    public static ContainerEngine start() {
        String given = System.getenv("DOCKER_HOST");
        ContainerEngine engine = given != null && !given.isBlank() && answers(given)
                ? new ContainerEngine(given, Optional.empty(), Optional.empty())
                : podman();
        Runtime.getRuntime().addShutdownHook(engine.stopping);
        try {
            if (engine.service.isPresent()) {
                engine.awaitAnswer();
            }
            engine.importImage();
        } catch (RuntimeException | Error e) {
            engine.close();
            throw e;
        }
        return engine;
    }

    private ContainerEngine(String host, Optional<Process> service, Optional<Path> folder) {
        this.host = host;
        this.service = service;
        this.folder = folder;
    }

    private static ContainerEngine podman() {
        boolean root = "root".equals(System.getProperty("user.name"));
        Path podman = Components.require(Components.program("podman").filter(found -> root), MISSING);
        try {
            Path folder = Files.createTempDirectory("lightning-podman-");
            String host = "unix://" + folder.resolve("podman.sock");
            Process service = new ProcessBuilder(podman.toString(), "system", "service", "--time", "0", host)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("service.log").toFile())
                    .start();
            return new ContainerEngine(host, Optional.of(service), Optional.of(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As DOCKER_HOST names it. */
    public String host() {
        return host;
    }

    /** Talks to the engine as an outsider, to see what is really there. */
    public DockerClient client() {
        return client(host);
    }

    /** Imports an image from the files of a root directory; docker-java's own command for this sends no files. */
    public void importImage(String name, byte[] tar) {
        DockerHttpClient.Request request = DockerHttpClient.Request.builder()
                .method(DockerHttpClient.Request.Method.POST)
                .path("/images/create?fromSrc=-&repo=" + name)
                .putHeader("Content-Type", "application/x-tar")
                .body(new ByteArrayInputStream(tar))
                .build();
        try (DockerHttpClient http = transport(config(host));
                DockerHttpClient.Response response = http.execute(request)) {
            String answer = new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
            if (response.getStatusCode() != 200) {
                throw new AssertionError("The image " + name + " cannot be imported: " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
        Runtime.getRuntime().removeShutdownHook(stopping);
    }

    private void stop() {
        service.ifPresent(process -> {
            process.destroy();
            try {
                if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        });
        folder.ifPresent(ContainerEngine::delete);
    }

    private void awaitAnswer() {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            if (!service.orElseThrow().isAlive()) {
                throw new AssertionError("podman has ended: "
                        + Files.readString(folder.orElseThrow().resolve("service.log")));
            }
            return answers(host);
        });
    }

    private void importImage() {
        importImage(IMAGE, root(Map.of()));
    }

    /** The files of an image that is busybox and some more of this machine's files, by their paths in the image. */
    static byte[] root(Map<String, Path> more) {
        Path busybox = Components.require(Components.program("busybox", Path.of("/bin")), BUSYBOX);
        try {
            Process list = new ProcessBuilder(busybox.toString(), "--list").start();
            List<String> applets = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(applet -> !"busybox".equals(applet) && !more.containsKey("bin/" + applet))
                    .toList();
            return rootOf(Files.readAllBytes(busybox), applets, more);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] rootOf(byte[] busybox, List<String> applets, Map<String, Path> more) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            put(tar, "bin/", FOLDER, new byte[0]);
            put(tar, "etc/", FOLDER, new byte[0]);
            put(tar, "tmp/", SCRATCH, new byte[0]);
            put(tar, "bin/busybox", PROGRAM, busybox);
            for (String applet : applets) {
                TarArchiveEntry link = new TarArchiveEntry("bin/" + applet, TarArchiveEntry.LF_SYMLINK);
                link.setLinkName("busybox");
                tar.putArchiveEntry(link);
                tar.closeArchiveEntry();
            }
            for (Map.Entry<String, Path> file : more.entrySet()) {
                put(tar, file.getKey(), PROGRAM, Files.readAllBytes(file.getValue()));
            }
        }
        return bytes.toByteArray();
    }

    private static void put(TarArchiveOutputStream tar, String name, int mode, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setMode(mode);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static boolean answers(String host) {
        try (DockerClient client = client(host)) {
            client.pingCmd().exec();
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private static DockerClient client(String host) {
        DockerClientConfig config = config(host);
        return DockerClientImpl.getInstance(config, transport(config));
    }

    private static DockerClientConfig config(String host) {
        return DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(host)
                .build();
    }

    private static DockerHttpClient transport(DockerClientConfig config) {
        return new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .sslConfig(config.getSSLConfig())
                .build();
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
