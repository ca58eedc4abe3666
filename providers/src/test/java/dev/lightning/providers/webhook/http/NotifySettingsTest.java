package dev.lightning.providers.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotifySettingsTest {
    private static final String URL = "https://example.com/hook";

    @Test
    void nothing_set_means_nobody_is_told() {
        assertThat(new NotifySettings(null, null, null)).isEqualTo(NotifySettings.unset());
        assertThat(new NotifySettings(" ", "", List.of())).isEqualTo(NotifySettings.unset());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.com",
                "example.com/hook",
                "/hook",
                "http://",
                "https://user:pa55@example.com",
                "https://example.com/#x",
                "http://a b/"
            })
    void a_url_that_is_none_is_told_by_the_variables_name(String url) {
        assertThatThrownBy(() -> new NotifySettings(url, null, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NOTIFY_URL")
                .hasMessageNotContaining("pa55");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short-secret", "whsec_dG9vIHNob3J0", "whsec_*****************************************"})
    void a_bad_secret_is_told_by_the_variables_name_but_not_shown(String secret) {
        assertThatThrownBy(() -> new NotifySettings(URL, secret, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NOTIFY_SECRET")
                .hasMessageNotContaining(secret);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "example.com", "10.0.0.0/8/8", "::/129", "/8"})
    void a_bad_network_is_told_by_the_variables_name(String network) {
        assertThatThrownBy(() -> new NotifySettings(URL, null, List.of(network)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NOTIFY_ALLOW_CIDR");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, ::1, false",
        "fd00::/8, fd12::1, true",
        "::/0, 127.0.0.1, false",
        "127.0.0.0/8, ::ffff:127.0.0.1, true"
    })
    void a_network_contains_its_addresses(String network, String address, boolean contained) {
        assertThat(Cidr.parse(network).contains(InetAddress.ofLiteral(address))).isEqualTo(contained);
    }

    @Test
    void the_secret_is_not_shown() {
        NotifySettings settings = new NotifySettings(URL, "a secret of more than 24 bytes", List.of());

        assertThat(settings.toString()).doesNotContain("secret of").doesNotContain("example.com");
    }
}
