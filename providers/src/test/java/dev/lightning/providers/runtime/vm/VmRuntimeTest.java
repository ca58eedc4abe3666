package dev.lightning.providers.runtime.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.azurestandin.ResourceSummary;
import dev.lightning.azurestandin.faults.Effect;
import dev.lightning.azurestandin.faults.Fault;
import dev.lightning.providers.runtime.KnownRun;
import dev.lightning.providers.runtime.PullPolicy;
import dev.lightning.providers.runtime.RemoteRuntimeContract;
import dev.lightning.providers.runtime.RunLabels;
import dev.lightning.providers.runtime.RunLimits;
import dev.lightning.providers.runtime.RunMachine;
import dev.lightning.providers.runtime.RunRejectedException;
import dev.lightning.providers.runtime.RunRequest;
import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import dev.lightning.providers.runtime.ToolRuntime;
import dev.lightning.providers.runtime.azure.RunLinks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Machines that boot as real containers, with a real storage account, under a stand-in for the Resource Manager. */
class VmRuntimeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TROUBLED = "troubled-";

    private static final String OURS = "ours-" + UUID.randomUUID();

    private static VmCloud cloud;
    private static VmRuntime ours;
    private static VmRuntime neighbour;

    @BeforeAll
    static void start() {
        cloud = new VmCloud();
        ours = cloud.runtime(OURS);
        neighbour = cloud.runtime("neighbour-" + UUID.randomUUID());
    }

    @AfterAll
    static void stop() {
        if (cloud != null) {
            cloud.close();
        }
    }

    @Nested
    class KeepsTheContract extends RemoteRuntimeContract {
        @Override
        protected ToolRuntime runtime() {
            return ours;
        }

        @Override
        protected ToolRuntime neighbour() {
            return neighbour;
        }

        @Override
        protected String image() {
            return null;
        }

        @Override
        protected void assertNothingLeftOf(String name) {
            assertThat(cloud.of(name)).isEmpty();
            assertThat(ours.runs()).noneMatch(run -> run.name().equals(name));
        }
    }

    @Nested
    class InTrouble {
        private final List<String> started = new ArrayList<>();

        @AfterEach
        void remove() {
            cloud.azure.faults().clear();
            started.forEach(VmRuntimeTest::removeWhole);
        }

        @Test
        void a_machine_that_is_taken_away_is_interrupted_and_the_next_attempt_is_of_another_size() throws Exception {
            RunRequest first = request("echo begun; exec sleep 300", new RunMachine(null, true, false), 0);
            ours.start(first);
            await(first.name(), RunStatus.Running.class);

            cloud.azure.evict(cloud.machine(first.name()));

            assertThat(ours.status(first.name())).isInstanceOf(RunStatus.Interrupted.class);
            removeWhole(first.name());
            assertThat(ours.status(first.name())).isInstanceOf(RunStatus.Missing.class);
            ours.start(again(first, "echo begun anew", 1));
            RunStatus.Ended ended = ended(first.name());
            assertThat(ended.exitCode()).isZero();
            assertThat(ended.usage().size()).isEqualTo("Standard_D2s_v5");
            assertThat(ended.usage().spot()).isTrue();
            assertThat(ended.usage().location()).isEqualTo("westeurope");
            assertThat(VmCloud.text(ours, first.name())).isEqualTo("begun anew\n");
        }

        @Test
        void what_is_refused_for_want_of_room_is_ordered_elsewhere_at_once() throws Exception {
            cloud.azure
                    .faults()
                    .add(fault("PUT", new Effect.Answer(409, "SkuNotAvailable", "None."))
                            .times(1, 1))
                    .add(fault(
                                    "PUT",
                                    new Effect.Answer(
                                            409, "OperationNotAllowed", "Exceeding approved Total Cores quota."))
                            .times(2, 2));
            RunRequest request = request("true");

            ours.start(request);

            RunStatus.Ended ended = ended(request.name());
            assertThat(ended.usage().location()).isEqualTo("northeurope");
            assertThat(ended.usage().size()).isEqualTo("Standard_B2s");
        }

        @Test
        void where_there_is_no_room_anywhere_people_are_told_what_to_ask_for() {
            cloud.azure
                    .faults()
                    .add(fault("PUT", new Effect.Answer(409, "OperationNotAllowed", "Exceeding quota."))
                            .always());
            RunRequest request = request("true");

            assertThatThrownBy(() -> ours.start(request))
                    .isInstanceOf(RuntimeUnavailableException.class)
                    .hasMessageContaining("quota");
            assertThat(cloud.of(request.name())).isEmpty();
        }

        @Test
        void an_order_that_fails_later_is_interrupted() throws Exception {
            cloud.azure.faults().add(fault("PUT", new Effect.FailedProvisioning("AllocationFailed", "No room.")));
            RunRequest request = request("true");

            ours.start(request);

            assertThat(ours.awaitEnd(request.name(), PATIENCE))
                    .isInstanceOfSatisfying(
                            RunStatus.Interrupted.class,
                            interrupted -> assertThat(interrupted.reason()).contains("AllocationFailed"));
        }

        @Test
        void while_a_machine_is_being_made_nobody_waits() throws Exception {
            cloud.azure.faults().add(fault("PUT", new Effect.SlowProvisioning(3)));
            RunRequest request = request("true");

            ours.start(request);

            assertThat(ours.status(request.name())).isInstanceOf(RunStatus.Provisioning.class);
            assertThat(ended(request.name()).usage().time()).isGreaterThan(Duration.ofSeconds(2));
        }

        @Test
        void throttling_is_passed_on() {
            cloud.azure.faults().add(fault("PUT", new Effect.Throttle(17)));

            assertThatThrownBy(() -> ours.start(request("true")))
                    .isInstanceOfSatisfying(
                            RuntimeUnavailableException.class,
                            away -> assertThat(away.retryAfter()).contains(Duration.ofSeconds(17)));
        }

        @Test
        void an_order_whose_answer_is_lost_is_found_and_not_ordered_twice() throws Exception {
            cloud.azure.faults().add(fault("PUT", new Effect.LostResponse()));
            RunRequest request = request("echo once");

            assertThatThrownBy(() -> ours.start(request)).isInstanceOf(RuntimeUnavailableException.class);
            ours.start(request);

            assertThat(ended(request.name()).exitCode()).isZero();
            assertThat(VmCloud.text(ours, request.name())).isEqualTo("once\n");
            assertThat(cloud.of(request.name()))
                    .filteredOn(VmRuntimeTest::isMachine)
                    .hasSize(1);
        }

        @Test
        void a_program_goes_through_a_reboot() throws Exception {
            RunRequest request =
                    request("echo boot; if [ -e ../work/was ]; then echo done; exit 5; fi; touch ../work/was;"
                            + " exec sleep 300");
            ours.start(request);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> VmCloud.text(ours, request.name()).equals("boot\n"));
            await(request.name(), RunStatus.Running.class);
            RunStatus before = ours.status(request.name());

            cloud.post(cloud.machine(request.name()) + "/restart");

            RunStatus.Ended ended = ended(request.name());
            assertThat(ended.exitCode()).isEqualTo(5);
            assertThat(ended.startedAt()).isEqualTo(((RunStatus.Running) before).startedAt());
            assertThat(VmCloud.text(ours, request.name())).isEqualTo("boot\nboot\ndone\n");
        }

        @Test
        void the_machine_itself_ends_what_lives_too_long_and_switches_itself_off() throws Exception {
            RunRequest request = living(Duration.ofSeconds(3), "echo begun; exec sleep 300");

            ours.start(request);

            assertThat(ended(request.name()).exitCode()).isEqualTo(137);
            assertThat(VmCloud.text(ours, request.name())).isEqualTo("begun\n");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> cloud.get(cloud.machine(request.name()) + "/instanceView")
                            .contains("PowerState/stopped"));
        }

        @Test
        void who_is_overdue_is_deleted_by_whoever_cleans_up() throws Exception {
            String alone = "alone-" + UUID.randomUUID();
            RunRequest request = living(Duration.ofSeconds(1), "exec sleep 300");
            cloud.runtime(alone).start(request);
            VmRuntime later = cloud.runtime(alone, Clock.offset(Clock.systemUTC(), Duration.ofHours(3)));

            later.endOverdue();

            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> cloud.of(request.name()).isEmpty());
        }

        @Test
        void who_sweeps_container_groups_leaves_what_a_machine_still_reports_to() {
            RunRequest request = request("exec sleep 300");
            ours.start(request);

            assertThat(ours.runs()).extracting(KnownRun::name).contains(request.name());
            assertThat(cloud.groups(OURS).runs()).extracting(KnownRun::name).doesNotContain(request.name());
            removeWhole(request.name());
        }

        @Test
        void what_a_deletion_leaves_behind_is_listed_and_removed() throws Exception {
            RunRequest request = request("exec sleep 300");
            ours.start(request);
            await(request.name(), RunStatus.Running.class);
            cloud.azure.faults().add(fault("DELETE", new Effect.HalfDeletion()));

            assertThatThrownBy(() -> ours.remove(request.name())).isInstanceOf(RuntimeUnavailableException.class);

            assertThat(cloud.of(request.name())).hasSize(3).noneMatch(VmRuntimeTest::isMachine);
            assertThat(ours.runs()).extracting(KnownRun::name).contains(request.name());
            removeWhole(request.name());
            assertThat(cloud.of(request.name())).isEmpty();
            assertThat(ours.runs()).extracting(KnownRun::name).doesNotContain(request.name());
        }

        @Test
        void a_removal_is_not_over_before_the_creation_of_the_machine_is() throws Exception {
            cloud.azure.faults().add(fault("PUT", new Effect.SlowProvisioning(4)));
            RunRequest request = request("exec sleep 300");
            Instant before = Instant.now();
            ours.start(request);
            ours.remove(request.name());
            Awaitility.await().until(() -> cloud.of(request.name()).isEmpty());

            assertThat(ours.remove(request.name())).isPresent();
            removeWhole(request.name());

            assertThat(before.plusSeconds(4)).isBefore(Instant.now());
            assertThat(cloud.of(request.name())).isEmpty();
            assertThat(ours.runs()).extracting(KnownRun::name).doesNotContain(request.name());
        }

        @Test
        void waiting_for_room_is_on_no_bill() throws Exception {
            cloud.azure.faults().add(fault("PUT", new Effect.Throttle(1)));
            RunRequest request = request("true");
            assertThatThrownBy(() -> ours.start(request)).isInstanceOf(RuntimeUnavailableException.class);
            Instant refused = Instant.now();
            Awaitility.await().until(() -> Instant.now().isAfter(refused.plusSeconds(4)));

            Instant ordered = Instant.now();
            ours.start(request);

            RunStatus.Ended ended = ended(request.name());
            assertThat(ended.usage().time())
                    .isLessThanOrEqualTo(
                            Duration.between(ordered, ended.endedAt()).plusSeconds(1));
        }

        @Test
        void the_program_is_nobody_and_sees_neither_links_nor_files_of_the_agent() throws Exception {
            RunRequest request = request("id -u; id -G; cat /var/lib/lightning/run.env; ls /var/lib/lightning/state;"
                    + " touch /var/lib/lightning/shared/x; env | grep -c LINK; grep NoNewPrivs /proc/self/status");
            ours.start(request);

            ended(request.name());

            assertThat(VmCloud.text(ours, request.name()).lines())
                    .containsExactly("10999", "10999", "0", "NoNewPrivs:\t1");
        }

        @Test
        void no_secret_is_told_to_the_resource_manager() throws Exception {
            RunRequest plain = request("test \"$API_KEY\" = hunter2-canary");
            RunRequest request = new RunRequest(
                    plain.name(),
                    plain.labels(),
                    0,
                    null,
                    plain.pull(),
                    plain.command(),
                    Map.of("API_KEY", "hunter2-canary"),
                    plain.input(),
                    plain.limits(),
                    true,
                    plain.machine(),
                    null);

            ours.start(request);

            assertThat(ended(request.name()).exitCode()).isZero();
            assertThat(BootScript.boot(request, new RunLinks(Map.of(), Instant.EPOCH)))
                    .doesNotContain("hunter2-canary");
        }

        @Test
        void what_cannot_be_is_said_at_once() {
            assertThatThrownBy(() -> ours.start(request("true", new RunMachine("Standard_M416ms_v2", false, false), 0)))
                    .isInstanceOf(RunRejectedException.class)
                    .hasMessageContaining("Standard_B2s");
            RunRequest plain = request("true");
            assertThatThrownBy(() -> ours.start(new RunRequest(
                            plain.name(),
                            plain.labels(),
                            0,
                            "alpine:3",
                            plain.pull(),
                            plain.command(),
                            Map.of(),
                            "{}",
                            plain.limits(),
                            true,
                            plain.machine(),
                            null)))
                    .isInstanceOf(RunRejectedException.class)
                    .hasMessageContaining("publisher:offer:sku:version");
            assertThatThrownBy(() -> ours.start(new RunRequest(
                            plain.name(),
                            plain.labels(),
                            0,
                            null,
                            plain.pull(),
                            plain.command(),
                            Map.of(),
                            "{}",
                            plain.limits(),
                            false,
                            plain.machine(),
                            null)))
                    .isInstanceOf(RunRejectedException.class)
                    .hasMessageContaining("network");
        }

        /** Hits the runs of this class only, because those of the contract go on beside it. */
        private static Fault fault(String verb, Effect effect) {
            return Fault.on(verb, VmCloud.MACHINES, effect).named(TROUBLED + "*");
        }

        private RunRequest request(String script) {
            return request(script, RunMachine.USUAL, 0);
        }

        private RunRequest living(Duration lifetime, String script) {
            RunRequest plain = request(script);
            RunLimits limits = new RunLimits(
                    plain.limits().memoryBytes(),
                    1,
                    plain.limits().pids(),
                    plain.limits().outputBytes(),
                    lifetime);
            return new RunRequest(
                    plain.name(),
                    plain.labels(),
                    0,
                    null,
                    plain.pull(),
                    plain.command(),
                    Map.of(),
                    "{}",
                    limits,
                    true,
                    plain.machine(),
                    null);
        }

        private RunRequest request(String script, RunMachine machine, int attempt) {
            String name = TROUBLED + UUID.randomUUID();
            started.add(name);
            return new RunRequest(
                    name,
                    new RunLabels("tool-run/" + name, "a-tool", "alice"),
                    attempt,
                    null,
                    PullPolicy.MISSING,
                    List.of("sh", "-c", script),
                    Map.of(),
                    "{}",
                    new RunLimits(128L << 20, 1, 64, 8L << 20, Duration.ofMinutes(10)),
                    true,
                    machine,
                    null);
        }

        private RunRequest again(RunRequest first, String script, int attempt) {
            return new RunRequest(
                    first.name(),
                    first.labels(),
                    attempt,
                    null,
                    first.pull(),
                    List.of("sh", "-c", script),
                    Map.of(),
                    "{}",
                    first.limits(),
                    true,
                    first.machine(),
                    null);
        }
    }

    private static boolean isMachine(ResourceSummary resource) {
        return resource.type().equals(VmCloud.MACHINES);
    }

    private static void await(String name, Class<? extends RunStatus> status) {
        Awaitility.await().atMost(PATIENCE).until(() -> status.isInstance(ours.status(name)));
    }

    private static RunStatus.Ended ended(String name) throws InterruptedException {
        RunStatus status = ours.awaitEnd(name, PATIENCE);
        assertThat(status).isInstanceOf(RunStatus.Ended.class);
        return (RunStatus.Ended) status;
    }

    private static void removeWhole(String name) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .ignoreException(RuntimeUnavailableException.class)
                .until(() -> ours.remove(name).isEmpty());
    }
}
