package dev.lightning.providers.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNameTest {
    private static final String HEX = "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "alpine:3",
                "docker.io/library/alpine:3.20_x-Y",
                "localhost/x__y/z-1.2",
                "localhost:5000/x",
                "Registry.Example/team/x",
                "lightning.azurecr.io/tools/convert:latest"
            })
    void names_of_images_are_welcome(String name) {
        assertThat(ImageName.isPossible(name)).isTrue();
        assertThat(ImageName.isPossible(name + "@sha256:" + HEX)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-x",
                "Alpine",
                "a:",
                "a/",
                "/a",
                "a//b",
                "a:b:c",
                "a b",
                "a_",
                "a@",
                "a@sha256:zz",
                "a@sha256:abcd",
                "a@md5:abcd",
                "docker://a",
                "a\n",
                "a..b"
            })
    void what_no_engine_could_read_is_not(String name) {
        assertThat(ImageName.isPossible(name)).isFalse();
    }

    @Test
    void length_has_a_limit() {
        assertThat(ImageName.isPossible("a".repeat(255))).isTrue();
        assertThat(ImageName.isPossible("a".repeat(256))).isFalse();
        assertThat(ImageName.isPossible("a@sha256:" + HEX.substring(1))).isFalse();
        assertThat(ImageName.isPossible("a@sha256:" + HEX + "0")).isFalse();
    }
}
