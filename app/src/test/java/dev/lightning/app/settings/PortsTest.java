package dev.lightning.app.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
}
