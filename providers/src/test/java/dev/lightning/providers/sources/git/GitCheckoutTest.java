package dev.lightning.providers.sources.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.sources.SourceCheckout.Result;
import dev.lightning.providers.sources.SourceRequest;
import dev.lightning.providers.testing.GitServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkouts from a real git server over HTTP. */
class GitCheckoutTest {
    private static final String PASSWORD = "canary-5e7c1";

    private static final Path DISK = Path.of("target", "checkouts");

    @TempDir
    private Path temporary;

    private GitServer server;
    private int made;

    @BeforeEach
    void start_server() throws IOException {
        server = GitServer.start(Files.createDirectories(temporary.resolve("served")), PASSWORD);
    }

    @AfterEach
    void stop_server() {
        server.close();
    }

    @Test
    void the_default_branch_is_checked_out_without_its_past() throws Exception {
        server.commit("web", Map.of("README", "old", "gone", "x"));
        Files.delete(server.folder("web").resolve("gone"));
        String commit = server.commit("web", Map.of("README", "new", "src/main.c", "int main;"));

        Path folder = done(server.open("web"), null, commit);

        assertThat(folder.resolve("README")).hasContent("new");
        assertThat(folder.resolve("src/main.c")).hasContent("int main;");
        assertThat(folder.resolve("gone")).doesNotExist();
        assertThat(server.run(folder, "rev-parse", "HEAD")).isEqualTo(commit);
        assertThat(server.run(folder, "rev-list", "--count", "HEAD")).isEqualTo("1");
        assertThat(server.run(folder, "rev-parse", "--abbrev-ref", "HEAD")).isEqualTo("main");
        assertThat(server.run(folder, "status", "--porcelain")).isEmpty();
        assertThat(server.run(folder, "remote", "get-url", "origin")).isEqualTo(server.open("web"));
    }

    @Test
    void branches_tags_and_commits_are_refs() throws Exception {
        String first = server.commit("web", Map.of("a", "1"));
        server.run(server.folder("web"), "tag", "-a", "v1.0", "-m", "first");
        server.run(server.folder("web"), "checkout", "-q", "-b", "feature/x");
        String branch = server.commit("web", Map.of("a", "2"));
        server.run(server.folder("web"), "checkout", "-q", "main");
        String last = server.commit("web", Map.of("a", "3"));

        assertThat(done(server.open("web"), "v1.0", first).resolve("a")).hasContent("1");
        assertThat(done(server.open("web"), "feature/x", branch).resolve("a")).hasContent("2");
        assertThat(done(server.open("web"), "refs/heads/main", last).resolve("a"))
                .hasContent("3");
        Path byId = done(server.open("web"), first, first);
        assertThat(byId.resolve("a")).hasContent("1");
        assertThat(server.run(byId, "for-each-ref")).isEmpty();
        assertThat(server.run(byId, "status", "--porcelain")).isEmpty();
    }

    @Test
    void what_is_not_there_is_said_to_be_not_there() {
        server.commit("web", Map.of("a", "1"));
        server.run(server.folder("empty"), "init", "-q");

        assertThat(checkOut(server.open("other"), null)).isInstanceOf(Result.NotFound.class);
        assertThat(checkOut(server.open("web"), "nope")).isInstanceOf(Result.RefNotFound.class);
        assertThat(checkOut(server.open("web"), "0123456789012345678901234567890123456789"))
                .isInstanceOf(Result.RefNotFound.class);
        assertThat(checkOut(server.open("empty"), null)).isInstanceOf(Result.RefNotFound.class);
    }

    @Test
    void credentials_open_a_repository_and_stay_nowhere() throws Exception {
        String commit = server.commit("web", Map.of("a", "1"));

        Path folder = folder();
        Result result = checkout(settings())
                .checkOut(new SourceRequest(server.closed("web"), null, credentials(PASSWORD)), folder);

        assertThat(result).isEqualTo(new Result.Done(commit));
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(new String(Files.readAllBytes(file), "ISO-8859-1"))
                            .doesNotContain(PASSWORD, "ZGVwbG95"));
        }
    }

    @Test
    void without_credentials_or_with_wrong_ones_access_is_refused() {
        server.commit("web", Map.of("a", "1"));

        assertThat(checkOut(server.closed("web"), null))
                .isEqualTo(new Result.AccessRefused(
                        "The repository wants credentials; register it with a secret that has them"));
        assertThat(checkout(settings())
                        .checkOut(new SourceRequest(server.closed("web"), null, credentials("wrong-canary")), folder()))
                .isEqualTo(new Result.AccessRefused("The repository refuses the credentials of its secret"));
    }

    @Test
    void a_server_with_trouble_or_without_an_answer_is_away() throws Exception {
        server.commit("web", Map.of("a", "1"));
        server.failWith(503);
        assertThat(checkOut(server.open("web"), null)).isInstanceOf(Result.Away.class);

        int unused;
        try (ServerSocket socket = new ServerSocket(0)) {
            unused = socket.getLocalPort();
        }
        assertThat(checkOut("http://127.0.0.1:" + unused + "/web", null))
                .isEqualTo(new Result.Away("The repository's server cannot be reached"));
    }

    @Test
    void a_redirect_is_followed_within_the_host_only() throws Exception {
        String commit = server.commit("web", Map.of("a", "1"));

        done(server.address("moved", "web"), null, commit);
        assertThat(checkOut(server.address("elsewhere", "web"), null)).isInstanceOf(Result.Rejected.class);
    }

    @Test
    void private_addresses_are_refused_when_it_connects_however_they_are_found() {
        AtomicInteger asked = new AtomicInteger();
        DnsResolver rebinding = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                asked.incrementAndGet();
                return new InetAddress[] {InetAddress.ofLiteral("8.8.8.8"), InetAddress.getLoopbackAddress()};
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        GitCheckout outward = new GitCheckout(new GitSettings(DISK, null, false, null, null), rebinding);

        assertThat(outward.checkOut(new SourceRequest("https://git.example.org/web", null, null), folder()))
                .isEqualTo(new Result.Rejected("The repository's host leads to a private address"));
        assertThat(asked).hasValue(1);
        assertThat(outward.checkOut(new SourceRequest(server.open("web"), null, null), folder()))
                .isInstanceOf(Result.Rejected.class);
        assertThat(outward.checkOut(new SourceRequest("file:///etc", null, null), folder()))
                .isInstanceOf(Result.Rejected.class);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void links_and_modes_are_kept_as_they_are_and_hooks_are_not_run() throws Exception {
        server.commit("web", Map.of("run.sh", "#!/bin/sh\n", ".githooks/post-checkout", "#!/bin/sh\ntouch hooked\n"));
        Path web = server.folder("web");
        Files.setPosixFilePermissions(web.resolve("run.sh"), EnumSet.allOf(PosixFilePermission.class));
        Files.createSymbolicLink(web.resolve("hosts"), Path.of("/etc/hosts"));
        Files.createSymbolicLink(web.resolve("up"), Path.of("../.."));
        String commit = server.commitAll("web");

        Path folder = done(server.open("web"), null, commit);

        assertThat(folder.resolve("run.sh")).isExecutable();
        assertThat(Files.readSymbolicLink(folder.resolve("hosts"))).isEqualTo(Path.of("/etc/hosts"));
        assertThat(Files.readSymbolicLink(folder.resolve("up"))).isEqualTo(Path.of("../.."));
        assertThat(folder.resolve("hooked")).doesNotExist();
    }

    @Test
    void too_much_is_rejected_however_it_is_packed() throws Exception {
        byte[] noise = new byte[300_000];
        new Random(7).nextBytes(noise);
        server.commit("noise", Map.of("a", "1"));
        Files.write(server.folder("noise").resolve("noise"), noise);
        server.commitAll("noise");
        server.commit("zeros", Map.of("a", "0".repeat(150_000), "b", "1".repeat(150_000)));
        GitSettings small = new GitSettings(DISK, null, true, 200_000L, null);

        assertThat(checkout(small).checkOut(new SourceRequest(server.open("noise"), null, null), folder()))
                .isInstanceOf(Result.Rejected.class);
        assertThat(checkout(small).checkOut(new SourceRequest(server.open("zeros"), null, null), folder()))
                .isInstanceOf(Result.Rejected.class);
    }

    @Test
    void a_large_file_is_rejected_before_it_is_in_memory() throws Exception {
        server.commit("big", Map.of("a", "x".repeat(90_000)));
        GitSettings small = new GitSettings(DISK, null, true, 80_000L, null);

        assertThat(checkout(small).checkOut(new SourceRequest(server.open("big"), null, null), folder()))
                .isInstanceOf(Result.Rejected.class);
    }

    @Test
    void a_server_that_never_answers_costs_no_more_than_the_time() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            GitSettings quick = new GitSettings(DISK, null, true, null, Duration.ofSeconds(1));
            long before = System.nanoTime();

            Result result = checkout(quick)
                    .checkOut(
                            new SourceRequest("http://127.0.0.1:" + silent.getLocalPort() + "/web", null, null),
                            folder());

            assertThat(result).isInstanceOf(Result.Rejected.class);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void a_submodule_is_an_empty_folder() throws Exception {
        String inner = server.commit("inner", Map.of("a", "1"));
        server.commit("web", Map.of(".gitmodules", "[submodule \"inner\"]\npath = inner\nurl = file:///etc\n"));
        server.run(server.folder("web"), "update-index", "--add", "--cacheinfo", "160000," + inner + ",inner");
        server.run(server.folder("web"), "commit", "-q", "-m", "a submodule");

        Path folder = done(server.open("web"), null, server.run(server.folder("web"), "rev-parse", "HEAD"));

        assertThat(folder.resolve("inner")).isEmptyDirectory();
    }

    @Test
    void a_repository_in_a_folder_is_for_a_developers_own_machine() throws Exception {
        String commit = server.commit("web", Map.of("a", "1"));

        Path folder = done("file://" + server.folder("web"), "main", commit);

        assertThat(folder.resolve("a")).hasContent("1");
        assertThat(checkOut("file://" + server.folder("other"), null)).isInstanceOf(Result.NotFound.class);
    }

    private Path done(String url, String ref, String commit) throws IOException {
        Path folder = folder();
        assertThat(checkout(settings()).checkOut(new SourceRequest(url, ref, null), folder))
                .isEqualTo(new Result.Done(commit));
        assertThat(Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)).isTrue();
        return folder;
    }

    private Result checkOut(String url, String ref) {
        return checkout(settings()).checkOut(new SourceRequest(url, ref, null), folder());
    }

    private static GitCheckout checkout(GitSettings settings) {
        return new GitCheckout(settings);
    }

    private GitSettings settings() {
        return new GitSettings(DISK, null, true, null, null);
    }

    private static SourceRequest.Credentials credentials(String password) {
        return new SourceRequest.Credentials(GitServer.USER, password);
    }

    private Path folder() {
        return temporary.resolve("checkout-" + made++);
    }
}
