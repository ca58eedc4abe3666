package dev.lightning.azurestandin;

import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Assumptions;

/**
 * A real container engine with an image of busybox, one for all tests of this JVM: what DOCKER_HOST names, or podman on a
 * socket of its own. The providers have a fixture of their own for it, but build on this module.
 */
final class TestEngine {
    static final String IMAGE = "lightning-standin-test:1";

    private static final int PROGRAM = 0100755;
    private static final int SCRATCH = 041777;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final class Shared {
        private static final Optional<String> HOST = start();
    }

    private TestEngine() {}

    /** As DOCKER_HOST has it; without an engine the test is skipped, or fails in CI. */
    static String host() {
        if (Shared.HOST.isEmpty() && "true".equalsIgnoreCase(System.getenv("CI"))) {
            throw new AssertionError("CI must have podman and busybox (Debian: podman runc busybox-static)");
        }
        Assumptions.assumeTrue(Shared.HOST.isPresent(), "needs DOCKER_HOST, or podman as root; and busybox");
        return Shared.HOST.orElseThrow();
    }

    /** For what an engine does, which takes its time on a busy machine. */
    static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE);
    }

    private static Optional<String> start() {
        Optional<Path> busybox = program("busybox");
        String given = System.getenv().getOrDefault("DOCKER_HOST", "");
        try {
            Optional<String> host = !given.isBlank() && answers(given) ? Optional.of(given) : podman();
            if (host.isPresent() && busybox.isPresent()) {
                importImage(host.get(), Files.readAllBytes(busybox.get()));
                return host;
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new AssertionError("The engine could not be prepared", e);
        }
    }

    private static Optional<String> podman() throws IOException {
        Optional<Path> podman = program("podman").filter(found -> "root".equals(System.getProperty("user.name")));
        if (podman.isEmpty()) {
            return Optional.empty();
        }
        Path folder = Files.createTempDirectory("standin-podman-");
        String host = "unix://" + folder.resolve("podman.sock");
        Process service = new ProcessBuilder(podman.get().toString(), "system", "service", "--time", "0", host)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("service.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(service::destroy));
        await().until(() -> answers(host));
        return Optional.of(host);
    }

    private static Optional<Path> program(String name) {
        return Stream.of(("/bin" + File.pathSeparator + System.getenv().getOrDefault("PATH", ""))
                        .split(File.pathSeparator))
                .map(folder -> Path.of(folder).resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean answers(String host) {
        try (DockerHttpClient http = transport(host);
                DockerHttpClient.Response response = http.execute(Request.builder()
                        .method(Request.Method.GET)
                        .path("/_ping")
                        .build())) {
            return response.getStatusCode() == 200;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private static void importImage(String host, byte[] busybox) throws IOException {
        Request request = Request.builder()
                .method(Request.Method.POST)
                .path("/images/create?fromSrc=-&repo=" + IMAGE)
                .putHeader("Content-Type", "application/x-tar")
                .body(new ByteArrayInputStream(root(busybox)))
                .build();
        try (DockerHttpClient http = transport(host);
                DockerHttpClient.Response response = http.execute(request)) {
            String answer = new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
            if (response.getStatusCode() != 200) {
                throw new AssertionError("The image cannot be imported: " + answer);
            }
        }
    }

    private static byte[] root(byte[] busybox) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            put(tar, "bin/busybox", PROGRAM, busybox);
            put(tar, "tmp/", SCRATCH, new byte[0]);
            put(tar, "etc/", 040755, new byte[0]);
            for (String applet :
                    List.of("sh", "cat", "echo", "sleep", "env", "true", "wget", "ls", "mkdir", "cp", "chmod")) {
                TarArchiveEntry link = new TarArchiveEntry("bin/" + applet, TarArchiveEntry.LF_SYMLINK);
                link.setLinkName("busybox");
                tar.putArchiveEntry(link);
                tar.closeArchiveEntry();
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

    private static DockerHttpClient transport(String host) {
        DockerClientConfig config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(host)
                .build();
        return new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .build();
    }
}
