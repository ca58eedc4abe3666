package dev.lightning.providers.runtime.aci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.azurestandin.faults.Effect;
import dev.lightning.azurestandin.faults.Fault;
import dev.lightning.providers.runtime.OutputReader.Channel;
import dev.lightning.providers.runtime.PullPolicy;
import dev.lightning.providers.runtime.RunLabels;
import dev.lightning.providers.runtime.RunLimits;
import dev.lightning.providers.runtime.RunMachine;
import dev.lightning.providers.runtime.RunRejectedException;
import dev.lightning.providers.runtime.RunRequest;
import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import dev.lightning.providers.testing.ContainerEngine;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What Azure may do to a group from its order to its end, and what it may tell of it. */
class AciTroubleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TYPE = "Microsoft.ContainerInstance/containerGroups";
    private static final String INSTANCE = "ours-" + UUID.randomUUID();

    private static AciCloud cloud;
    private static AciRuntime ours;

    @BeforeAll
    static void start() {
        cloud = new AciCloud();
        ours = cloud.runtime(INSTANCE, "westeurope", "northeurope");
    }

    @AfterAll
    static void stop() {
        if (cloud != null) {
            cloud.close();
        }
    }

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class Groups {
        private final String name = "run-" + UUID.randomUUID();

        @Test
        void a_throttled_order_waits_as_long_as_it_is_told_and_leaves_one_group() throws Exception {
            fault("PUT", new Effect.Throttle(42));

            assertThatThrownBy(() -> ours.start(request("exit 3", 0)))
                    .isInstanceOfSatisfying(
                            RuntimeUnavailableException.class,
                            away -> assertThat(away.retryAfter()).contains(Duration.ofSeconds(42)));
            assertThat(ours.runs()).anyMatch(run -> run.name().equals(name));

            ours.start(request("exit 3", 0));
            assertThat(ended().exitCode()).isEqualTo(3);
            remove();
        }

        @Test
        void a_full_location_is_passed_over_and_the_run_tells_where_it_was_and_what_it_cost() throws Exception {
            fault("PUT", full("westeurope"));

            ours.start(request("exit 0", 0));

            RunStatus.Ended ended = ended();
            assertThat(ended.usage().location()).isEqualTo("northeurope");
            assertThat(ended.usage().size()).isEqualTo("1.2 vCPU, 0.5 GB");
            assertThat(ended.usage().time()).isBetween(Duration.ofMillis(1), PATIENCE);
            remove();
        }

        @Test
        void where_all_locations_are_full_the_run_waits_with_a_sentence() {
            cloud.azure
                    .faults()
                    .add(Fault.on("PUT", TYPE, full("both")).named(name).times(1, 2));

            assertThatThrownBy(() -> ours.start(request("exit 0", 0)))
                    .isInstanceOf(RuntimeUnavailableException.class)
                    .hasMessageContaining("AZURE_LOCATION");
            remove();
        }

        @Test
        void a_group_that_fails_for_want_of_room_is_interrupted_and_the_next_attempt_begins_elsewhere()
                throws Exception {
            fault("PUT", new Effect.FailedProvisioning("InsufficientCapacity", "No sufficient capacity"));
            ours.start(request("exit 0", 0));

            Awaitility.await().atMost(PATIENCE).until(() -> ours.status(name) instanceof RunStatus.Interrupted);
            remove();
            ours.start(request("exit 0", 1));

            assertThat(ended().usage().location()).isEqualTo("northeurope");
            remove();
        }

        @Test
        void a_group_that_fails_for_its_definition_is_refused() {
            fault("PUT", new Effect.FailedProvisioning("InaccessibleImage", "The image is not accessible"));
            ours.start(request("exit 0", 0));

            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThatThrownBy(() -> ours.status(name))
                            .isInstanceOf(RunRejectedException.class)
                            .hasMessageContaining("InaccessibleImage"));
            remove();
        }

        @Test
        void an_order_whose_answer_is_lost_is_found_by_the_next() throws Exception {
            fault("PUT", new Effect.LostResponse());

            assertThatThrownBy(() -> ours.start(request("echo once", 0)))
                    .isInstanceOf(RuntimeUnavailableException.class);
            ours.start(request("echo once", 0));

            assertThat(ended().exitCode()).isZero();
            assertThat(output()).isEqualTo("once\n");
            assertThat(cloud.azure.requests())
                    .filteredOn(asked ->
                            asked.toString().contains(name) && asked.toString().contains("PUT"))
                    .hasSize(1);
            remove();
        }

        /** Azure may carry it out when the client has long given up, and a second order would begin the program again. */
        @Test
        void an_order_that_nobody_has_answered_is_not_repeated_at_once() {
            fault("PUT", new Effect.ConnectionReset());

            assertThatThrownBy(() -> ours.start(request("exit 0", 0))).hasMessageContaining("cannot be reached");
            assertThatThrownBy(() -> ours.start(request("exit 0", 0)))
                    .isInstanceOf(RuntimeUnavailableException.class)
                    .hasMessageContaining("just being ordered");

            assertThat(cloud.azure.requests())
                    .filteredOn(
                            asked -> asked.verb().equals("PUT") && asked.name().equals(name))
                    .hasSize(1);
            remove();
        }

        @Test
        void a_group_that_is_busy_is_asked_again_to_go() throws Exception {
            ours.start(request("exec sleep 300", 0));
            awaitRunning();
            fault("DELETE", new Effect.Answer(409, "ContainerGroupTransitioning", "still transitioning"));

            assertThat(ours.remove(name)).isPresent();
            remove();

            assertNothingLeft();
        }

        @Test
        void a_deletion_that_breaks_off_halfway_is_asked_for_until_nothing_is_left() throws Exception {
            ours.start(request("exec sleep 300", 0));
            awaitRunning();
            cloud.azure
                    .faults()
                    .add(Fault.on("DELETE", TYPE, new Effect.HalfDeletion())
                            .named(name)
                            .times(1, 2));

            assertThatThrownBy(() -> ours.remove(name)).isInstanceOf(RuntimeUnavailableException.class);
            assertThatThrownBy(() -> ours.remove(name)).isInstanceOf(RuntimeUnavailableException.class);
            assertThat(ours.runs()).anyMatch(run -> run.name().equals(name));
            remove();

            assertNothingLeft();
        }

        @Test
        void another_process_finds_the_run_again() throws Exception {
            ours.start(request("echo before; exec sleep 300", 0));
            awaitRunning();

            try (AciRuntime later = cloud.runtime(INSTANCE, "westeurope")) {
                assertThat(later.status(name)).isEqualTo(ours.status(name));
                Awaitility.await().until(() -> output().equals("before\n"));
                later.stop(name);
                assertThat(later.awaitEnd(name, PATIENCE)).isInstanceOf(RunStatus.Ended.class);
            }

            assertThat(output()).isEqualTo("before\n");
            remove();
        }

        @Test
        void a_run_that_outlives_its_lifetime_ends_though_nobody_is_there() throws Exception {
            ours.start(request("sleep 300 & sleep 300", 0, Duration.ofSeconds(1), Map.of()));

            RunStatus.Ended ended = ended();

            assertThat(ended.exitCode()).isEqualTo(137);
            assertThat(Duration.between(ended.startedAt(), ended.endedAt())).isLessThan(Duration.ofSeconds(10));
            remove();
        }

        @Test
        void a_group_that_somebody_else_stopped_has_ended() throws Exception {
            ours.start(request("echo hello; exec sleep 300", 0));
            awaitRunning();

            cloud.azure.evict(id());

            assertThat(ended().exitCode()).isEqualTo(137);
            remove();
        }

        @Test
        void spot_capacity_that_is_taken_away_is_an_interruption() throws Exception {
            RunRequest usual = request("exec sleep 300", 0);
            ours.start(new RunRequest(
                    name,
                    usual.labels(),
                    0,
                    usual.image(),
                    usual.pull(),
                    usual.command(),
                    Map.of(),
                    "{}",
                    usual.limits(),
                    true,
                    new RunMachine(null, true, false),
                    null));
            awaitRunning();

            cloud.azure.evict(id());

            assertThat(ours.awaitEnd(name, PATIENCE)).isInstanceOf(RunStatus.Interrupted.class);
            remove();
        }

        @Test
        void memory_above_the_limit_ends_the_run_and_is_told() throws Exception {
            ours.start(request("tail /dev/zero", 0));

            RunStatus.Ended ended = ended();

            assertThat(ended.exitCode()).isEqualTo(137);
            assertThat(ended.outOfMemory()).isTrue();
            remove();
        }

        @Test
        void a_missing_image_is_named() {
            RunRequest request = request("true", 0);
            RunRequest missing = new RunRequest(
                    name,
                    request.labels(),
                    0,
                    "localhost:1/lightning-nothing:7",
                    PullPolicy.MISSING,
                    request.command(),
                    Map.of(),
                    "{}",
                    request.limits(),
                    true,
                    RunMachine.USUAL,
                    null);

            assertThatThrownBy(() -> {
                        ours.start(missing);
                        Awaitility.await()
                                .atMost(PATIENCE)
                                .until(() -> !ours.status(name).isOpen());
                    })
                    .isInstanceOf(RunRejectedException.class)
                    .hasMessageContaining("lightning-nothing:7");
            remove();
        }

        @Test
        void a_run_without_a_network_or_a_command_is_refused() {
            RunRequest usual = request("true", 0);

            assertThatThrownBy(() -> ours.start(new RunRequest(
                            name,
                            usual.labels(),
                            0,
                            usual.image(),
                            usual.pull(),
                            usual.command(),
                            Map.of(),
                            "{}",
                            usual.limits(),
                            false,
                            RunMachine.USUAL,
                            null)))
                    .isInstanceOf(RunRejectedException.class)
                    .hasMessageContaining("network: true");
        }

        @Test
        void neither_secrets_nor_links_are_shown_to_anybody() throws Exception {
            ours.start(request(
                    "env; cat /lightning/* </dev/null 2>/dev/null & exec sleep 300",
                    0,
                    Duration.ofMinutes(5),
                    Map.of("TOKEN", "canary-7361")));
            awaitRunning();

            String shown = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(
                                            URI.create(cloud.azure.endpoint() + id() + "?api-version=2025-09-01"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();

            assertThat(shown).contains("\"TOKEN\"", "LIGHTNING_LINK_STDOUT").doesNotContain("canary-7361", "sig=");
            Awaitility.await().atMost(PATIENCE).until(() -> output().contains("TOKEN="));
            ours.stop(name);
            ended();
            assertThat(output()).contains("TOKEN=canary-7361").doesNotContain("sig=", "LIGHTNING_LINK");
            remove();
        }

        private String id() {
            return "/subscriptions/" + cloud.azure.settings().subscription() + "/resourceGroups/"
                    + cloud.azure.settings().groups().getFirst() + "/providers/" + TYPE + "/" + name;
        }

        private Effect full(String where) {
            return new Effect.Answer(
                    409,
                    "ServiceUnavailable",
                    "The requested resource is not available in the location '" + where + "' at this moment.");
        }

        private void fault(String verb, Effect effect) {
            cloud.azure.faults().add(Fault.on(verb, TYPE, effect).named(name));
        }

        private RunRequest request(String script, int attempt) {
            return request(script, attempt, Duration.ofMinutes(5), Map.of());
        }

        private RunRequest request(String script, int attempt, Duration lifetime, Map<String, String> env) {
            return new RunRequest(
                    name,
                    new RunLabels("tool-run/" + name, "a-tool", "alice"),
                    attempt,
                    ContainerEngine.IMAGE,
                    PullPolicy.NEVER,
                    List.of("sh", "-c", script),
                    env,
                    "{}",
                    new RunLimits(128L << 20, 1, 64, 1L << 20, lifetime),
                    true,
                    RunMachine.USUAL,
                    null);
        }

        private void awaitRunning() {
            Awaitility.await().atMost(PATIENCE).until(() -> ours.status(name) instanceof RunStatus.Running);
        }

        private RunStatus.Ended ended() throws InterruptedException {
            RunStatus status = ours.awaitEnd(name, PATIENCE);
            assertThat(status).isInstanceOf(RunStatus.Ended.class);
            return (RunStatus.Ended) status;
        }

        private String output() throws Exception {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ours.output(name, (channel, piece) -> {
                if (channel == Channel.STDOUT) {
                    bytes.writeBytes(piece);
                }
                return true;
            });
            return bytes.toString(UTF_8);
        }

        private void remove() {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .until(() -> ours.remove(name).equals(Optional.empty()));
        }

        private void assertNothingLeft() {
            assertThat(cloud.azure.resources())
                    .noneMatch(resource -> resource.name().equals(name));
            assertThat(ours.runs()).noneMatch(run -> run.name().equals(name));
            assertThat(ours.status(name)).isInstanceOf(RunStatus.Missing.class);
        }
    }
}
