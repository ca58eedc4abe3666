package dev.lightning.providers.runtime.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArmSettingsTest {
    private static final String SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";

    @Test
    void has_defaults_for_what_need_not_be_said() {
        ArmSettings settings = new ArmSettings(SUBSCRIPTION, "group", List.of(" westeurope ", ""), null, "");

        assertThat(settings.endpoint()).isEqualTo("https://management.azure.com");
        assertThat(settings.runContainer()).isEqualTo("lightning-runs");
        assertThat(settings.locations()).containsExactly("westeurope");
        assertThat(settings.isStandIn()).isFalse();
    }

    @Test
    void says_all_that_is_wrong_at_once() {
        assertThatThrownBy(() -> new ArmSettings("mine", "a/b", List.of("West Europe"), "http://azure.example", "A--b"))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(wrong -> assertThat(wrong.getMessage().lines())
                        .extracting(line -> line.split(" ")[0])
                        .containsExactly(
                                "AZURE_SUBSCRIPTION_ID",
                                "AZURE_RESOURCE_GROUP",
                                "AZURE_LOCATION",
                                "AZURE_ARM_ENDPOINT",
                                "AZURE_RUN_CONTAINER"));
    }

    @Test
    void each_attempt_begins_one_location_further_on() {
        ArmSettings settings = new ArmSettings(SUBSCRIPTION, "group", List.of("a1", "b1", "c1"), null, null);

        assertThat(settings.locations(0)).containsExactly("a1", "b1", "c1");
        assertThat(settings.locations(4)).containsExactly("b1", "c1", "a1");
    }

    @Test
    void sends_no_token_to_a_stand_in_on_this_machine_only() {
        assertThat(new ArmSettings(SUBSCRIPTION, "group", List.of("a1"), "http://127.0.0.1:8095/", null).isStandIn())
                .isTrue();
    }
}
