package dev.lightning.azurestandin;

import static dev.lightning.azurestandin.Sdk.GROUP;
import static dev.lightning.azurestandin.Sdk.container;
import static dev.lightning.azurestandin.Sdk.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.azure.core.management.exception.ManagementException;
import com.azure.resourcemanager.containerinstance.fluent.ContainerGroupsClient;
import com.azure.resourcemanager.containerinstance.fluent.models.ContainerGroupInner;
import dev.lightning.azurestandin.faults.Effect;
import dev.lightning.azurestandin.faults.Fault;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything that can go wrong by script, as Azure's own client meets it; nothing really runs. */
class FaultsTest {
    private static final String TYPE = "Microsoft.ContainerInstance/containerGroups";
    private static final ContainerGroupInner WANTED = group(container("worker", "true"));

    private final AzureStandIn standIn = AzureStandIn.start(StandInSettings.quick(null));
    private ContainerGroupsClient groups;

    @BeforeEach
    void connect() {
        groups = Sdk.of(standIn).serviceClient().getContainerGroups();
    }

    @AfterEach
    void stop() {
        standIn.close();
    }

    @Test
    void throttles_the_second_and_third_request() {
        standIn.faults().add(Fault.on("PUT", TYPE, new Effect.Throttle(7)).times(2, 3));
        Sdk.put(groups, "first", WANTED);

        ManagementException refused = refused(() -> Sdk.put(groups, "second", WANTED));
        refused(() -> Sdk.put(groups, "second", WANTED));
        Sdk.put(groups, "second", WANTED);

        assertThat(refused.getResponse().getStatusCode()).isEqualTo(429);
        assertThat(refused.getResponse().getHeaderValue("Retry-After")).isEqualTo("7");
        assertThat(refused.getValue().getCode()).isEqualTo("TooManyRequests");
        assertThat(standIn.requests())
                .filteredOn(asked -> asked.verb().equals("PUT"))
                .extracting(AskedRequest::status)
                .containsExactly(201, 429, 429, 201);
    }

    @Test
    void refuses_with_a_code_of_azures_for_some_names_only() {
        standIn.faults()
                .add(Fault.on("PUT", TYPE, new Effect.Answer(409, "ContainerGroupQuotaReached", "Too many."))
                        .named("big-*")
                        .always());

        Sdk.put(groups, "small", WANTED);

        ManagementException refused = refused(() -> Sdk.put(groups, "big-1", WANTED));
        assertThat(refused.getResponse().getStatusCode()).isEqualTo(409);
        assertThat(refused.getValue().getCode()).isEqualTo("ContainerGroupQuotaReached");
        assertThat(refused.getValue().getMessage()).isEqualTo("Too many.");
    }

    @Test
    void answers_late() {
        standIn.faults().add(Fault.on("LIST", TYPE, new Effect.Delay(0.3)));
        Instant before = Instant.now();

        assertThat(groups.listByResourceGroup(GROUP)).isEmpty();

        assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void provisions_slowly_and_refuses_others_meanwhile() {
        standIn.faults().add(Fault.on("PUT", TYPE, new Effect.SlowProvisioning(3600)));

        groups.createOrUpdateWithResponseAsync(GROUP, "slow", WANTED).block();

        assertThat(groups.getByResourceGroup(GROUP, "slow").provisioningState()).isEqualTo("Creating");
        for (ManagementException refused : new ManagementException[] {
            refused(() -> Sdk.put(groups, "slow", WANTED)), refused(() -> groups.delete(GROUP, "slow"))
        }) {
            assertThat(refused.getResponse().getStatusCode()).isEqualTo(409);
            assertThat(refused.getValue().getCode()).isEqualTo("ContainerGroupTransitioning");
        }
    }

    @Test
    void provisions_in_the_end_what_it_provisions_slowly() {
        standIn.faults().add(Fault.on("PUT", TYPE, new Effect.SlowProvisioning(0.3)));

        assertThat(groups.createOrUpdate(GROUP, "slow", WANTED).provisioningState())
                .isEqualTo("Succeeded");
    }

    @Test
    void fails_while_provisioning() {
        standIn.faults().add(Fault.on("PUT", TYPE, new Effect.FailedProvisioning("InaccessibleImage", "No image.")));

        ManagementException failed = refused(() -> groups.createOrUpdate(GROUP, "failing", WANTED));

        assertThat(failed.getValue().getCode()).isEqualTo("InaccessibleImage");
        assertThat(groups.getByResourceGroup(GROUP, "failing").provisioningState())
                .isEqualTo("Failed");
        Sdk.delete(standIn, groups, "failing");
        assertThat(standIn.resources()).isEmpty();
    }

    @Test
    void does_the_work_and_loses_the_answer() {
        standIn.faults().add(Fault.on("PUT", TYPE, new Effect.LostResponse()));

        assertThatThrownBy(() -> Sdk.put(groups, "lost", WANTED)).isNotInstanceOf(ManagementException.class);

        assertThat(standIn.resources()).extracting(ResourceSummary::name).containsExactly("lost");
    }

    @Test
    void breaks_the_connection_before_anything_is_done() {
        standIn.faults().add(Fault.on("PUT", TYPE, new Effect.ConnectionReset()));

        assertThatThrownBy(() -> Sdk.put(groups, "reset", WANTED)).isNotInstanceOf(ManagementException.class);

        assertThat(standIn.resources()).isEmpty();
        assertThat(standIn.requests())
                .singleElement()
                .extracting(AskedRequest::status)
                .isEqualTo(0);
    }

    @Test
    void deletes_a_half_and_then_the_rest() {
        AzureStandIn real = AzureStandIn.start(StandInSettings.quick(TestEngine.host()));
        try (real) {
            ContainerGroupsClient there = Sdk.of(real).serviceClient().getContainerGroups();
            Sdk.put(there, "half", group(container("one", "sleep", "60"), container("two", "sleep", "60")));
            real.faults().add(Fault.on("DELETE", TYPE, new Effect.HalfDeletion()));

            ManagementException broken = refused(() -> there.delete(GROUP, "half"));

            assertThat(broken.getResponse().getStatusCode()).isEqualTo(500);
            assertThat(there.getByResourceGroup(GROUP, "half").provisioningState())
                    .isEqualTo("Failed");
            assertThat(real.leftovers()).hasSize(1);
            Sdk.delete(real, there, "half");
            assertThat(real.resources()).isEmpty();
            assertThat(real.leftovers()).isEmpty();
        }
    }

    @Test
    void evicts_what_was_ready() {
        standIn.faults().add(Fault.on("PUT", TYPE, new Effect.Eviction(0.1)));

        Sdk.put(groups, "spot", WANTED);

        await().until(() ->
                groups.getByResourceGroup(GROUP, "spot").instanceView().state().equals("Stopped"));
    }

    @Test
    void breaks_the_polling_of_an_operation() {
        standIn.faults().add(Fault.on("GET", "operations", new Effect.Answer(503, "ServiceUnavailable", "Later.")));

        assertThatThrownBy(() -> groups.createOrUpdate(GROUP, "polled", WANTED)).isInstanceOf(Exception.class);

        await().until(() -> standIn.resources().getFirst().state().equals("Succeeded"));
    }

    private static ManagementException refused(Runnable call) {
        return catchThrowableOfType(ManagementException.class, call::run);
    }
}
