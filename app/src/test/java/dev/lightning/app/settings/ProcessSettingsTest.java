package dev.lightning.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessSettingsTest {
    /** An empty address is every address of the machine, whatever Java makes of it. */
    @ParameterizedTest
    @CsvSource({
        "LOCAL, 127.0.0.1, true",
        "LOCAL, ::1, true",
        "LOCAL, localhost, true",
        "LOCAL, 0.0.0.0, false",
        "LOCAL, '', false",
        "LOCAL, nonsense.invalid, false",
        "AZURE, 127.0.0.1, false"
    })
    void a_machine_is_ones_own_in_local_mode_on_loopback_only(Mode mode, String address, boolean own) {
        ProcessSettings process = new ProcessSettings(mode, ServiceType.ALL, Path.of("home"), address, 0, 0);

        assertThat(process.isOwnMachine()).isEqualTo(own);
    }
}
