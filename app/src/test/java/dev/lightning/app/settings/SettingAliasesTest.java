package dev.lightning.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingAliasesTest {
    @ParameterizedTest
    @CsvSource({
        "SERVICE_TYPE, event_processor, worker",
        "SERVICE_TYPE, API, api",
        "LIGHTNING_STORAGE_PROVIDER, cosmos, azure_cosmos",
        "LIGHTNING_EVENT_BUS_PROVIDER, servicebus, azure_service_bus",
        "LIGHTNING_EVENT_BUS_PROVIDER, redis, local",
        "LIGHTNING_MODE, azure, azure"
    })
    void a_value_gets_its_canonical_spelling(String name, String given, String canonical) {
        assertThat(SettingAliases.resolve(Map.of(name, given)).settings()).containsEntry(name, canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "AZURE_STORAGE_CONNECTION_STRING, STORAGE_CONNECTION",
        "SERVICE_BUS_CONNECTION_STRING, SERVICEBUS_CONNECTION"
    })
    void another_name_of_a_setting_is_taken_for_it_with_a_warning_that_keeps_the_secret(
            String alias, String canonical) {
        SettingAliases.Resolved resolved = SettingAliases.resolve(Map.of(alias, "AccountKey=hush"));

        assertThat(resolved.settings()).containsEntry(canonical, "AccountKey=hush");
        assertThat(resolved.warnings())
                .singleElement()
                .satisfies(warning ->
                        assertThat(warning).contains(alias, canonical).doesNotContain("hush"));
    }

    @Test
    void two_names_that_agree_are_one_setting() {
        SettingAliases.Resolved resolved =
                SettingAliases.resolve(Map.of("STORAGE_CONNECTION", "same", "AZURE_STORAGE_CONNECTION_STRING", "same"));

        assertThat(resolved.settings()).containsEntry("STORAGE_CONNECTION", "same");
    }

    @Test
    void two_names_that_disagree_stop_the_start_without_showing_the_values() {
        SettingAliases.Resolved resolved = SettingAliases.resolve(
                Map.of("STORAGE_CONNECTION", "hush-1", "AZURE_STORAGE_CONNECTION_STRING", "hush-2"));

        assertThat(resolved.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding)
                        .contains("STORAGE_CONNECTION", "AZURE_STORAGE_CONNECTION_STRING")
                        .doesNotContain("hush"));
    }

    @Test
    void an_unknown_value_is_left_out_and_told_with_the_allowed_ones() {
        SettingAliases.Resolved resolved =
                SettingAliases.resolve(Map.of("SERVICE_TYPE", "scheduler", "LIGHTNING_BLOB_PROVIDER", "s3"));

        assertThat(resolved.settings()).isEmpty();
        assertThat(resolved.unknown()).containsExactly("LIGHTNING_BLOB_PROVIDER", "SERVICE_TYPE");
        assertThat(resolved.findings())
                .hasSize(2)
                .anyMatch(line -> line.equals("SERVICE_TYPE must be one of all, api, worker; it is scheduler"));
    }

    @Test
    void an_unknown_mode_stops_the_start_at_once_because_nothing_is_known_of_the_rest() {
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> SettingAliases.resolve(Map.of("LIGHTNING_MODE", "cloud")))
                .withMessageContainingAll("LIGHTNING_MODE", "local, azure", "cloud");
    }

    @Test
    void a_blank_setting_is_an_absent_one() {
        assertThat(SettingAliases.resolve(Map.of("PORT", "  ")).settings()).isEmpty();
    }

    @Test
    void canonical_settings_are_not_warned_about() {
        assertThat(SettingAliases.resolve(Map.of("SERVICE_TYPE", "worker", "LIGHTNING_MODE", "local"))
                        .warnings())
                .isEmpty();
    }
}
