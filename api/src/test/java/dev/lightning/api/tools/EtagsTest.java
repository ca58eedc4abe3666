package dev.lightning.api.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.lightning.providers.storage.rows.ToolRow;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EtagsTest {
    private static final String OF_AZURE = "W/\"datetime'2026-11-22T09%3A26%3A00.2542146Z'\"";

    @ParameterizedTest
    @ValueSource(strings = {"36sc9ouikj1z8", OF_AZURE})
    void the_version_of_every_store_is_a_strong_entity_tag(String version) {
        assertThat(Etags.of(row(version))).matches("\"[!#-~]+\"");
    }

    @Test
    void what_was_read_is_what_may_be_changed() {
        String read = Etags.of(row(OF_AZURE));

        assertThatNoException().isThrownBy(() -> Etags.require(read, row(OF_AZURE)));
        assertThat(Etags.of(row(OF_AZURE.replace("26%3A00", "26%3A01")))).isNotEqualTo(read);
    }

    private static ToolRow row(String version) {
        return new ToolRow(null, null, Instant.EPOCH, Instant.EPOCH, version);
    }
}
