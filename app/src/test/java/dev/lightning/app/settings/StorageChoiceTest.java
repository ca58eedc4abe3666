package dev.lightning.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.app.settings.StorageChoice.Blobs;
import dev.lightning.app.settings.StorageChoice.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageChoiceTest {
    @ParameterizedTest
    @CsvSource({
        "LOCAL, , SQLITE, FOLDER",
        "LOCAL, DATABASE_URL, POSTGRES, FOLDER",
        "LOCAL, STORAGE_CONNECTION, SQLITE, FOLDER",
        "LOCAL, STORAGE_CONNECTION LIGHTNING_STORAGE_PROVIDER=azure_table, AZURE_TABLE, FOLDER",
        "LOCAL, STORAGE_CONNECTION LIGHTNING_BLOB_PROVIDER=azure_blob, SQLITE, AZURE_BLOB",
        "AZURE, STORAGE_CONNECTION, AZURE_TABLE, AZURE_BLOB",
        "AZURE, STORAGE_ACCOUNT, AZURE_TABLE, AZURE_BLOB",
        "AZURE, STORAGE_ACCOUNT DATABASE_URL, POSTGRES, AZURE_BLOB",
        "AZURE, STORAGE_ACCOUNT COSMOS_CONNECTION_STRING, AZURE_COSMOS, AZURE_BLOB",
        "AZURE, DATABASE_URL LIGHTNING_BLOB_PROVIDER=local, POSTGRES, FOLDER",
        "AZURE, STORAGE_ACCOUNT DATABASE_URL LIGHTNING_STORAGE_PROVIDER=local, POSTGRES, AZURE_BLOB"
    })
    void what_is_set_says_where_things_are_kept(Mode mode, String given, Rows rows, Blobs blobs) {
        List<String> findings = new ArrayList<>();

        assertThat(StorageChoice.of(mode, settings(given), findings)).isEqualTo(new StorageChoice(rows, blobs));
        assertThat(findings).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AZURE || needs a store; for blobs",
                "AZURE | DATABASE_URL | for blobs",
                "AZURE | COSMOS_CONNECTION_STRING DATABASE_URL STORAGE_ACCOUNT | name two stores",
                "AZURE | STORAGE_ACCOUNT LIGHTNING_STORAGE_PROVIDER=local | needs DATABASE_URL in azure mode",
                "AZURE | STORAGE_ACCOUNT LIGHTNING_STORAGE_PROVIDER=azure_cosmos | needs COSMOS_CONNECTION_STRING",
                "AZURE | STORAGE_ACCOUNT DATABASE_URL LIGHTNING_STORAGE_PROVIDER=azure_table | name two stores",
                "LOCAL | LIGHTNING_STORAGE_PROVIDER=azure_table | needs STORAGE_CONNECTION or STORAGE_ACCOUNT",
                "LOCAL | LIGHTNING_BLOB_PROVIDER=azure_blob | needs STORAGE_CONNECTION or STORAGE_ACCOUNT"
            })
    void what_is_missing_or_contradicts_is_a_line_each(Mode mode, String given, String expected) {
        List<String> findings = new ArrayList<>();
        StorageChoice.of(mode, settings(given), findings);

        String[] parts = expected.split("; ");
        assertThat(findings).hasSize(parts.length);
        for (int index = 0; index < parts.length; index++) {
            assertThat(findings.get(index)).contains(parts[index]);
        }
    }

    private static Map<String, String> settings(String given) {
        return given == null
                ? Map.of()
                : Arrays.stream(given.split(" "))
                        .map(each -> each.split("="))
                        .collect(Collectors.toMap(each -> each[0], each -> each.length > 1 ? each[1] : "set"));
    }
}
