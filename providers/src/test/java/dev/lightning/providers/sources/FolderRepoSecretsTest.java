package dev.lightning.providers.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderRepoSecretsTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write_secrets() throws IOException {
        write("web", """
                {"url":"https://git.example.org/alice/","users":["alice"],"username":"deploy","password":"hunter2"}""");
        write("all", """
                {"url":"https://git.example.org","users":["*"],"username":"deploy","password":"hunter2"}""");
        write("half", "{\"username\":\"deploy\",\"password\":\"hunter2\"}");
        write("broken", "hunter2");
        Files.writeString(folder.resolveSibling("outside.json"), Files.readString(folder.resolve("all.json")));
    }

    @Test
    void a_secret_is_for_its_users_below_its_address() {
        assertThat(find("web", "alice", "https://git.example.org/alice/web.git"))
                .contains(new SourceRequest.Credentials("deploy", "hunter2"));
        assertThat(find("web", "alice", "HTTPS://GIT.example.org/alice/web.git"))
                .isPresent();
        assertThat(find("all", "bob", "https://git.example.org/any/web.git")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://git.example.org/bob/web.git",
                "https://git.example.org/alice",
                "https://git.example.org/ALICE/web.git",
                "https://git.example.org/alice/%2e%2e/bob/web.git",
                "https://git.example.org/alice/../bob/web.git",
                "https://git.example.org.evil.example/alice/web.git",
                "https://git.example.org:8443/alice/web.git",
                "http://git.example.org/alice/web.git",
                "https://evil.example/alice/web.git",
            })
    void it_is_sent_nowhere_else(String url) {
        assertThat(find("web", "alice", url)).isEmpty();
    }

    @Test
    void a_host_is_not_the_beginning_of_another() {
        assertThat(find("all", "bob", "https://git.example.org.evil.example/web.git"))
                .isEmpty();
    }

    @Test
    void nobody_elses_secret_and_none_that_says_too_little_is_found() {
        assertThat(find("web", "bob", "https://git.example.org/alice/web.git")).isEmpty();
        assertThat(find("half", "alice", "https://git.example.org/alice/web.git"))
                .isEmpty();
        assertThat(find("broken", "alice", "https://git.example.org/alice/web.git"))
                .isEmpty();
        assertThat(find("none", "alice", "https://git.example.org/alice/web.git"))
                .isEmpty();
        assertThat(find("../outside", "alice", "https://git.example.org/web.git"))
                .isEmpty();
        assertThat(new FolderRepoSecrets(null).find("web", "alice", "https://git.example.org/alice/web.git"))
                .isEmpty();
    }

    @Test
    void credentials_do_not_say_what_they_are() {
        assertThat(new SourceRequest("https://x/y", null, new SourceRequest.Credentials("deploy", "hunter2")))
                .asString()
                .doesNotContain("hunter2", "deploy");
    }

    private Optional<SourceRequest.Credentials> find(String name, String user, String url) {
        return new FolderRepoSecrets(folder).find(name, user, url);
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name + ".json"), content);
    }
}
