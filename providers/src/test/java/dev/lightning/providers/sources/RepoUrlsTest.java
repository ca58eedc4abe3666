package dev.lightning.providers.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepoUrlsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com/example/web.git",
                "https://github.com:8443/example/web",
                "HTTPS://github.com/example/web.git",
                "https://dev.azure.com/org/my%20project/_git/repo",
                "https://8.8.8.8/web.git",
                "https://[2606:4700::1111]/web.git",
                "ssh://git@github.com/example/web.git",
                "ssh://github.com:2222/example/web.git",
                "git@github.com:example/web.git",
                "git@ssh.dev.azure.com:v3/org/project/repo",
                "deploy@example.org:/srv/git/web.git",
            })
    void takes_https_and_ssh(String url) {
        assertThat(new RepoUrls(false).problem(url)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "http://github.com/example/web.git",
                "git://github.com/example/web.git",
                "file:///etc/passwd",
                "/srv/git/web.git",
                "../web.git",
                "ext::sh -c id",
                "ext::sh",
                "-u./x",
                "--upload-pack=id",
                "-git@github.com:example/web.git",
                "git@-oProxyCommand=id:web.git",
                "git@github.com:-u/web.git",
                "git@github.com:../../etc",
                "git@github.com:",
                "git:hunter2@github.com:web.git",
                "ssh://-oProxyCommand=id/web.git",
                "ssh://git:hunter2@github.com/web.git",
                "ssh://-x@github.com/web.git",
                "ssh://git@github.com/-web",
                "https://token@github.com/example/web.git",
                "https://me:hunter2@github.com/example/web.git",
                "https://github.com",
                "https://github.com/",
                "https://github.com/a/../b",
                "https://github.com/web.git?token=hunter2",
                "https://github.com/web.git#x",
                "https://github.com/we b.git",
                "https://github.com/web.git\nx",
                "https://github.com:0/web.git",
                "https://github.com:99999/web.git",
                "https:///web.git",
                "https://localhost/web.git",
                "https://LOCALHOST./web.git",
                "https://git.localhost/web.git",
                "https://127.0.0.1/web.git",
                "https://127.1/web.git",
                "https://0x7f.1/web.git",
                "https://017700000001/web.git",
                "https://2130706433/web.git",
                "https://0/web.git",
                "https://10.1.2.3/web.git",
                "https://172.31.0.1/web.git",
                "https://192.168.1.1/web.git",
                "https://169.254.169.254/web.git",
                "https://168.63.129.16/web.git",
                "https://100.64.0.1/web.git",
                "https://224.0.0.1/web.git",
                "https://[::1]/web.git",
                "https://[::]/web.git",
                "https://[::ffff:10.0.0.1]/web.git",
                "https://[::127.0.0.1]/web.git",
                "https://[fe80::1]/web.git",
                "https://[fd00::1]/web.git",
                "https://[2002:7f00:1::]/web.git",
                "https://[64:ff9b::7f00:1]/web.git",
                "git@127.0.0.1:web.git",
                "ssh://git@localhost/web.git",
            })
    void refuses_everything_else(String url) {
        assertThat(new RepoUrls(false).problem(url)).isNotNull().doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8080/web.git",
                "https://localhost/web.git",
                "file:///srv/git/web.git",
                "file:/srv/git/web.git",
            })
    void takes_the_neighbourhood_only_where_the_operator_allows_it(String url) {
        assertThat(new RepoUrls(true).problem(url)).isNull();
        assertThat(new RepoUrls(true).checkoutProblem(url)).isNull();
        assertThat(new RepoUrls(false).checkoutProblem(url)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://me:hunter2@127.0.0.1/web.git",
                "file://host/srv/git/web.git",
                "file:///srv/../etc",
                "file:relative",
                "ext::sh -c id",
                "/srv/git/web.git",
            })
    void refuses_these_even_there(String url) {
        assertThat(new RepoUrls(true).problem(url)).isNotNull().doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh://git@github.com/example/web.git", "git@github.com:example/web.git"})
    void ssh_can_be_kept_and_not_be_checked_out(String url) {
        assertThat(new RepoUrls(false).problem(url)).isNull();
        assertThat(new RepoUrls(false).checkoutProblem(url)).contains("ssh");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "2606:4700::1111"})
    void knows_addresses_out_in_the_world(String address) {
        assertThat(PublicHost.accepts(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "169.254.169.254",
                "168.63.129.16",
                "0.0.0.0",
                "::1",
                "::",
                "::127.0.0.1",
                "::ffff:10.0.0.1",
                "fe80::1",
                "fd00::1",
                "64:ff9b::7f00:1",
                "5f00::1",
                "3fff::1",
            })
    void knows_the_neighbourhood(String address) {
        assertThat(PublicHost.accepts(InetAddress.ofLiteral(address))).isFalse();
    }

    @Test
    void what_works_is_named_and_nothing_else() {
        assertThat(new RepoUrls(false).problem("git://host/x"))
                .isEqualTo("must be https://host/path, ssh://user@host/path or user@host:path");
        assertThat(new RepoUrls(true).problem("git://host/x")).contains("http://host/path, file:///path,");
    }
}
