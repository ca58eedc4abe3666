package dev.lightning.providers.runtime.aci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.providers.runtime.RunLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AciSettingsTest {
    @Test
    void has_defaults_for_what_need_not_be_said() {
        AciSettings settings = new AciSettings("", " ", null, "");

        assertThat(settings.agentImage()).isEqualTo("docker.io/library/buildpack-deps:bookworm-curl");
        assertThat(settings.subnetId()).isNull();
        assertThat(settings.identityId()).isNull();
        assertThat(settings.registry()).isNull();
    }

    @Test
    void says_all_that_is_wrong_at_once() {
        assertThatThrownBy(() -> new AciSettings(null, "my-subnet", "my-identity", "https://ours.azurecr.io"))
                .satisfies(wrong -> assertThat(wrong.getMessage().lines())
                        .extracting(line -> line.split(" ")[0])
                        .containsExactly("AZURE_SUBNET_ID", "AZURE_IDENTITY_ID", "ACR_LOGIN_SERVER"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "buildpack-deps:bookworm-curl",
                "localhost/agent",
                "ours.azurecr.io:443/team/agent_1:2.0-b",
                "docker.io/library/debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            })
    void the_agents_image_may_be_named_like_any(String image) {
        assertThat(new AciSettings(image, null, null, null).agentImage()).isEqualTo(image);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b", "docker.io/Debian:12", "https://docker.io/debian", "debian:", "debian::12", "/debian"})
    void what_is_no_images_name_is_refused(String image) {
        assertThatThrownBy(() -> new AciSettings(image, null, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("AZURE_AGENT_IMAGE");
    }

    @Test
    void sizes_are_rounded_up_to_the_steps_that_are_sold() {
        RunLimits limits = new RunLimits(1500L << 20, 0.333, 64, 1, Duration.ofMinutes(1));

        assertThat(GroupSize.of(limits)).isEqualTo(new GroupSize(0.34, 1.5));
        assertThat(GroupSize.of(limits).plus(GroupSize.AGENT).words()).isEqualTo("0.54 vCPU, 1.8 GB");
    }
}
