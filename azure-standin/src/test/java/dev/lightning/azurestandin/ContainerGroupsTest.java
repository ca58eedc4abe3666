package dev.lightning.azurestandin;

import static dev.lightning.azurestandin.Sdk.GROUP;
import static dev.lightning.azurestandin.Sdk.container;
import static dev.lightning.azurestandin.Sdk.group;
import static dev.lightning.azurestandin.TestEngine.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.management.exception.ManagementException;
import com.azure.core.util.Context;
import com.azure.resourcemanager.containerinstance.fluent.ContainerGroupsClient;
import com.azure.resourcemanager.containerinstance.fluent.ContainersClient;
import com.azure.resourcemanager.containerinstance.fluent.models.ContainerGroupInner;
import com.azure.resourcemanager.containerinstance.models.Container;
import com.azure.resourcemanager.containerinstance.models.ContainerGroupIdentity;
import com.azure.resourcemanager.containerinstance.models.ContainerGroupRestartPolicy;
import com.azure.resourcemanager.containerinstance.models.ContainerPropertiesInstanceView;
import com.azure.resourcemanager.containerinstance.models.ContainerState;
import com.azure.resourcemanager.containerinstance.models.EnvironmentVariable;
import com.azure.resourcemanager.containerinstance.models.Event;
import com.azure.resourcemanager.containerinstance.models.ImageRegistryCredential;
import com.azure.resourcemanager.containerinstance.models.InitContainerDefinition;
import com.azure.resourcemanager.containerinstance.models.ResourceIdentityType;
import com.azure.resourcemanager.containerinstance.models.Volume;
import com.azure.resourcemanager.containerinstance.models.VolumeMount;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Container groups by Azure's own client, really run. */
class ContainerGroupsTest {
    private static AzureStandIn standIn;
    private static ContainerGroupsClient groups;
    private static ContainersClient containers;

    @BeforeAll
    static void start() {
        standIn = AzureStandIn.start(StandInSettings.quick(TestEngine.host()));
        groups = Sdk.of(standIn).serviceClient().getContainerGroups();
        containers = Sdk.of(standIn).serviceClient().getContainers();
    }

    @AfterEach
    void nothing_is_left_behind() {
        standIn.resources().forEach(resource -> Sdk.delete(standIn, groups, resource.name()));
        assertThat(standIn.resources()).isEmpty();
        assertThat(standIn.leftovers()).isEmpty();
    }

    @AfterAll
    static void stop() {
        if (standIn != null) {
            standIn.close();
        }
    }

    @Test
    void a_group_runs_and_tells_what_became_of_it() {
        Container worker = container("worker", "sh", "-c", "echo hello; echo trouble >&2; exit 3");
        ContainerGroupInner wanted = group(worker).withTags(Map.of("run", "r-1"));

        ContainerGroupInner created = groups.createOrUpdate(GROUP, "tells", wanted);

        assertThat(created.provisioningState()).isEqualTo("Succeeded");
        assertThat(created.type()).isEqualTo("Microsoft.ContainerInstance/containerGroups");
        ContainerGroupInner ended = awaitState("tells", "Failed");
        ContainerPropertiesInstanceView view = ended.containers().getFirst().instanceView();
        ContainerState state = view.currentState();
        assertThat(state.state()).isEqualTo("Terminated");
        assertThat(state.exitCode()).isEqualTo(3);
        assertThat(state.detailStatus()).isEqualTo("Error");
        assertThat(state.finishTime()).isAfterOrEqualTo(state.startTime());
        assertThat(view.restartCount()).isZero();
        assertThat(view.events()).extracting(Event::name).containsExactly("Pulling", "Pulled", "Started");
        assertThat(logs("tells", "worker", null)).contains("hello\n", "trouble\n");
        assertThat(ended.tags()).containsEntry("run", "r-1");
        assertThat(standIn.resources())
                .singleElement()
                .extracting(ResourceSummary::state, ResourceSummary::tags)
                .containsExactly("Succeeded", Map.of("run", "r-1"));
    }

    @Test
    void logs_have_a_tail_and_timestamps() {
        Sdk.put(groups, "tail", group(container("worker", "sh", "-c", "echo one; echo two; echo three")));

        awaitState("tail", "Succeeded");

        assertThat(logs("tail", "worker", 2)).isEqualTo("two\nthree\n");
        assertThat(containers
                        .listLogsWithResponse(GROUP, "tail", "worker", 1, true, Context.NONE)
                        .getValue()
                        .content())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\S+ three\n");
        assertThatThrownBy(() -> logs("tail", "nobody", null)).isInstanceOf(ManagementException.class);
    }

    @Test
    void init_containers_run_first_and_share_volumes_and_secrets() {
        List<VolumeMount> mounts = List.of(new VolumeMount().withName("work").withMountPath("/work"));
        InitContainerDefinition init = new InitContainerDefinition()
                .withName("init")
                .withImage(TestEngine.IMAGE)
                .withCommand(List.of("sh", "-c", "cat /secret/key >/work/file"))
                .withVolumeMounts(List.of(
                        mounts.getFirst(), new VolumeMount().withName("keys").withMountPath("/secret")));
        Container writer = container("writer", "sh", "-c", "echo from writer >/work/more; sleep 60")
                .withVolumeMounts(mounts);
        Container reader = container(
                        "reader", "sh", "-c", "until [ -s /work/more ]; do sleep 0.1; done; cat /work/file /work/more")
                .withVolumeMounts(mounts);
        String secret = Base64.getEncoder().encodeToString("opened\n".getBytes(StandardCharsets.UTF_8));

        Sdk.put(
                groups,
                "shared",
                group(writer, reader)
                        .withInitContainers(List.of(init))
                        .withVolumes(List.of(
                                new Volume().withName("work").withEmptyDir(Map.of()),
                                new Volume().withName("keys").withSecret(Map.of("key", secret)))));

        await().until(() -> "opened\nfrom writer\n".equals(logs("shared", "reader", null)));
        ContainerGroupInner seen = groups.getByResourceGroup(GROUP, "shared");
        assertThat(seen.instanceView().state()).isEqualTo("Running");
        assertThat(seen.volumes().getLast().secret()).isEmpty();
        assertThat(seen.initContainers()
                        .getFirst()
                        .instanceView()
                        .currentState()
                        .exitCode())
                .isZero();
    }

    @Test
    void a_failed_init_container_fails_the_group() {
        InitContainerDefinition init = new InitContainerDefinition()
                .withName("init")
                .withImage(TestEngine.IMAGE)
                .withCommand(List.of("sh", "-c", "exit 4"));

        Sdk.put(groups, "badinit", group(container("worker", "true")).withInitContainers(List.of(init)));

        ContainerGroupInner failed = awaitState("badinit", "Failed");
        assertThat(failed.containers().getFirst().instanceView().currentState().state())
                .isEqualTo("Waiting");
    }

    @Test
    void secrets_reach_the_container_and_are_never_told() {
        Container worker = container("worker", "sh", "-c", "echo $PLAIN and $HIDDEN")
                .withEnvironmentVariables(List.of(
                        new EnvironmentVariable().withName("PLAIN").withValue("open"),
                        new EnvironmentVariable().withName("HIDDEN").withSecureValue("s3cret")));
        ContainerGroupInner wanted = group(worker)
                .withImageRegistryCredentials(List.of(new ImageRegistryCredential()
                        .withServer("example.azurecr.io")
                        .withUsername("user")
                        .withPassword("pa55")))
                .withIdentity(new ContainerGroupIdentity().withType(ResourceIdentityType.SYSTEM_ASSIGNED));

        Sdk.put(groups, "secrets", wanted);

        ContainerGroupInner seen = awaitState("secrets", "Succeeded");
        assertThat(logs("secrets", "worker", null)).isEqualTo("open and s3cret\n");
        assertThat(seen.containers().getFirst().environmentVariables())
                .extracting(EnvironmentVariable::value, EnvironmentVariable::secureValue)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("open", null),
                        org.assertj.core.groups.Tuple.tuple(null, null));
        assertThat(seen.imageRegistryCredentials().getFirst().password()).isNull();
        assertThat(seen.identity().principalId()).isNotBlank();
    }

    @Test
    void a_group_is_stopped_and_started_again() {
        Sdk.put(groups, "again", group(container("worker", "sleep", "60")));

        groups.stop(GROUP, "again");

        awaitState("again", "Stopped");
        await().until(() ->
                "Succeeded".equals(groups.getByResourceGroup(GROUP, "again").provisioningState()));
        groups.startWithResponseAsync(GROUP, "again").block();
        awaitState("again", "Running");
        groups.restart(GROUP, "again");
        await().until(() ->
                "Succeeded".equals(groups.getByResourceGroup(GROUP, "again").provisioningState()));
        awaitState("again", "Running");
    }

    @Test
    void a_container_that_fails_is_run_again_where_the_policy_says_so() {
        Sdk.put(
                groups,
                "flaky",
                group(container("worker", "sh", "-c", "exit 1"))
                        .withRestartPolicy(ContainerGroupRestartPolicy.ON_FAILURE));

        await().until(() -> view("flaky").restartCount() > 0);

        assertThat(view("flaky").previousState().exitCode()).isEqualTo(1);
    }

    @Test
    void the_same_words_again_change_nothing_while_it_runs_and_deploy_anew_when_it_is_over() {
        ContainerGroupInner running = group(container("worker", "sleep", "60"));
        ContainerGroupInner quick = group(container("worker", "true"));
        Sdk.put(groups, "same", running);
        Sdk.put(groups, "quick", quick);
        awaitState("quick", "Succeeded");
        var runningSince = view("same").currentState().startTime();
        var quickSince = view("quick").currentState().startTime();

        Sdk.put(groups, "same", running);
        Sdk.put(groups, "quick", quick);

        assertThat(view("same").currentState().startTime()).isEqualTo(runningSince);
        assertThat(view("quick").currentState().startTime()).isAfter(quickSince);
    }

    @Test
    void a_running_group_keeps_its_size() {
        Sdk.put(groups, "size", group(container("worker", "sleep", "60")));
        Container larger = container("worker", "sleep", "60");
        larger.resources().requests().withCpu(2.0);

        assertThatThrownBy(() -> Sdk.put(groups, "size", group(larger)))
                .isInstanceOfSatisfying(
                        ManagementException.class,
                        e -> assertThat(e.getMessage()).contains("you must delete it first"));
    }

    @Test
    void an_image_that_is_nowhere_is_refused() {
        Container worker = container("worker", "true").withImage("127.0.0.1:9/no-such-image:1");

        assertThatThrownBy(() -> Sdk.put(groups, "noimage", group(worker)))
                .isInstanceOfSatisfying(ManagementException.class, e -> {
                    assertThat(e.getResponse().getStatusCode()).isEqualTo(400);
                    assertThat(e.getValue().getCode()).isEqualTo("InaccessibleImage");
                });
        assertThat(standIn.resources()).isEmpty();
    }

    @Test
    void a_command_that_is_nowhere_ends_the_container() {
        Sdk.put(groups, "nocommand", group(container("worker", "no-such-program")));

        awaitState("nocommand", "Failed");

        assertThat(view("nocommand").currentState().exitCode()).isNotZero();
    }

    @Test
    void containers_reach_what_listens_on_the_loopback() {
        Sdk.put(
                groups,
                "loopback",
                group(container("worker", "wget", "-q", "-O", "-", standIn.endpoint() + "/faults")));

        awaitState("loopback", "Succeeded");

        assertThat(logs("loopback", "worker", null)).isEqualTo("[]");
    }

    @Test
    void a_closed_stand_in_leaves_nothing_in_the_engine() {
        AzureStandIn other = AzureStandIn.start(StandInSettings.quick(TestEngine.host()));
        Sdk.of(other)
                .serviceClient()
                .getContainerGroups()
                .createOrUpdate(GROUP, "left", group(container("worker", "sleep", "60")));
        assertThat(other.leftovers()).hasSize(1);
        String container = other.leftovers().getFirst();

        other.close();

        try (var engine = new dev.lightning.azurestandin.engine.Engine(TestEngine.host(), "looks")) {
            assertThat(engine.state(container)).isEmpty();
        }
    }

    private static ContainerGroupInner awaitState(String name, String state) {
        await().untilAsserted(() -> assertThat(groups.getByResourceGroup(GROUP, name))
                .satisfies(group -> assertThat(group.instanceView().state())
                        .as(() -> said(group))
                        .isEqualTo(state)));
        return groups.getByResourceGroup(GROUP, name);
    }

    private static String said(ContainerGroupInner group) {
        return group.containers().stream()
                .map(container -> container.instanceView().currentState().state() + " "
                        + container.instanceView().currentState().exitCode() + " "
                        + container.instanceView().events().stream()
                                .map(Event::message)
                                .toList())
                .toList()
                .toString();
    }

    private static ContainerPropertiesInstanceView view(String name) {
        return groups.getByResourceGroup(GROUP, name).containers().getFirst().instanceView();
    }

    private static String logs(String group, String container, Integer tail) {
        return containers
                .listLogsWithResponse(GROUP, group, container, tail, null, Context.NONE)
                .getValue()
                .content();
    }
}
