package dev.lightning.providers.runtime.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.providers.runtime.RunMachine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class VmRuntimeSettingsTest {
    @Test
    void only_the_subnet_has_to_be_said() {
        VmRuntimeSettings settings = new VmRuntimeSettings(null, " ", List.of(VmCloud.subnet("a")), null, null, null);

        assertThat(settings.sizes()).containsExactly("Standard_B2s", "Standard_D2s_v5", "Standard_D2as_v5");
        assertThat(settings.image()).isEqualTo("Debian:debian-12:12-gen2:latest");
        assertThat(settings.publicIp()).isFalse();
        assertThat(settings.adminUser()).isEqualTo("azureuser");
        assertThat(settings.warm()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void sizes_that_are_only_commas_are_no_list() {
        assertThatThrownBy(() -> new VmRuntimeSettings(List.of("", ""), null, List.of(), null, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("AZURE_VM_SIZES");
    }

    @Test
    void everything_wrong_is_said_at_once() {
        assertThatThrownBy(() -> new VmRuntimeSettings(
                        List.of("a b"), "alpine:3", List.of("default"), null, "root", Duration.ofHours(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "AZURE_VM_SIZES",
                        "AZURE_VM_IMAGE",
                        "AZURE_VM_SUBNET_ID",
                        "AZURE_VM_ADMIN_USER",
                        "AZURE_VM_WARM");
    }

    @Test
    void each_attempt_begins_at_the_next_place() {
        VmRuntimeSettings settings = new VmRuntimeSettings(
                List.of("S1", "S2"), null, List.of(VmCloud.subnet("a"), VmCloud.subnet("b")), null, null, null);
        List<String> locations = List.of("here", "there", "nowhere");

        assertThat(Place.all(settings, locations, RunMachine.USUAL, 0))
                .extracting(place -> place.size() + " " + place.location())
                .containsExactly("S1 here", "S2 here", "S1 there", "S2 there");
        assertThat(Place.all(settings, locations, RunMachine.USUAL, 5)
                        .getFirst()
                        .size())
                .isEqualTo("S2");
        assertThat(Place.all(settings, locations, new RunMachine("s2", false, false), 1))
                .extracting(Place::location)
                .containsExactly("there", "here");
    }
}
