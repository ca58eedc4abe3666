package dev.lightning.providers.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** A gate that let everything through would hide every test behind it. */
final class ComponentsTest {
    @Test
    void gives_what_was_found() {
        assertThat(Components.require(Optional.of("here"), "it", true)).isEqualTo("here");
    }

    @Test
    void fails_in_ci_and_says_what_is_missing() {
        assertThatThrownBy(() -> Components.require(Optional.empty(), "initdb", true))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("initdb");
    }

    @Test
    void skips_elsewhere_and_says_what_is_missing() {
        assertThatThrownBy(() -> Components.require(Optional.empty(), "initdb", false))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("initdb");
    }

    @Test
    void finds_a_program_on_the_path_and_not_one_that_is_nowhere() {
        assertThat(Components.program("sh")).isPresent();
        assertThat(Components.program("no-such-program-anywhere")).isEmpty();
    }
}
