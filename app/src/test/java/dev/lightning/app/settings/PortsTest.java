package dev.lightning.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which setting is to blame. */
class PortsTest {
    @ParameterizedTest
    @ValueSource(strings = {"nonsense.invalid", "192.0.2.1"})
    void an_address_of_somebody_else_is_not_the_ports_fault(String address) {
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> Ports.requireAddress("BIND_ADDRESS", address))
                .withMessage("BIND_ADDRESS=" + address + " is no address of this machine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "0.0.0.0"})
    void an_address_of_ours_is_taken(String address) {
        assertThatCode(() -> Ports.requireAddress("BIND_ADDRESS", address)).doesNotThrowAnyException();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_free_port_is_remembered_by_the_system_so_that_nobody_else_gets_it_and_can_still_be_had_by_its_number()
            throws IOException {
        int port = Ports.claim("TEMPORAL_PORT", "127.0.0.1", 0);

        assertThat(Files.readAllLines(Path.of("/proc/net/tcp6")))
                .anyMatch(line -> line.matches(" *\\d+: 0+FFFF00000100007F:%04X \\S+ 06 .*".formatted(port)));
        assertThat(Ports.claim("TEMPORAL_PORT", "127.0.0.1", port)).isEqualTo(port);
    }
}
