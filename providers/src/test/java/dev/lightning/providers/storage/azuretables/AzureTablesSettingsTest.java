package dev.lightning.providers.storage.azuretables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lightning.providers.storage.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AzureTablesSettingsTest {
    @Test
    void the_founding_documents_names_are_the_defaults() {
        assertThat(new AzureTablesSettings("", null, " ", null).names())
                .containsEntry(Table.USERS, "users")
                .containsEntry(Table.REPOS, "repos")
                .containsEntry(Table.SCHEDULES, "schedules")
                .containsEntry(Table.EVENTS, "events")
                .hasSize(Table.values().length);
    }

    @Test
    void a_prefix_stands_before_every_name() {
        assertThat(new AzureTablesSettings("people", null, null, "blue").names())
                .containsEntry(Table.USERS, "bluepeople")
                .containsEntry(Table.EFFECTS, "blueeffects");
    }

    @ParameterizedTest
    @CsvSource({
        "us, , , , USER_TABLE",
        "my-users, , , , USER_TABLE",
        ", 1repos, , , REPO_TABLE",
        ", , tables, , SCHEDULE_TABLE",
        ", , , 9, TABLE_PREFIX",
        "same, Same, , , REPO_TABLE",
        "events, , , , USER_TABLE"
    })
    void a_name_that_azure_refuses_or_two_have_is_refused(
            String users, String repos, String schedules, String prefix, String setting) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AzureTablesSettings(users, repos, schedules, prefix))
                .withMessageContaining(setting);
    }
}
