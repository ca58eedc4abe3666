package dev.lightning.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lightning.app.Instance;
import dev.lightning.azurestandin.AskedRequest;
import dev.lightning.azurestandin.ResourceSummary;
import dev.lightning.azurestandin.faults.Effect;
import dev.lightning.azurestandin.faults.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole product is killed while Azure makes, runs and deletes: nothing runs twice, is lost, or goes on being paid. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class AzureCrashTest {
    private static final int KILLS = 30;
    private static final int KILLS_PER_EVENT = 3;
    private static final Duration DELETION_COMES = Duration.ofSeconds(8);

    /** How many processes are starting or running: the next is ready soon after one was killed. */
    private static final int PROCESSES = 2;

    private static final Duration RECOVERY = Duration.ofSeconds(120);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Map<String, Object> ONLINE = Map.of("network", true);
    private static final String EVICTED = "round-evicted";

    @TempDir
    Path folder;

    private AzureHere here;
    private ExecutionLedger ledger;
    private int started;

    @BeforeEach
    void start() throws IOException {
        here = AzureHere.start(folder, Duration.ofSeconds(1), Duration.ofSeconds(1));
        ledger = ExecutionLedger.start();
    }

    @AfterEach
    void stop() throws Exception {
        ledger.close();
        here.close();
    }

    @Test
    void after_kills_at_random_moments_every_run_has_ended_once_and_nothing_is_left() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> accepted = new ArrayList<>();
        TreeSet<String> killedWhile = new TreeSet<>();
        Deque<Instance> processes = new ArrayDeque<>();
        try {
            fill(processes);
            Caller alice = Caller.register(ready(processes).address("API"), "alice", "correct horse battery");
            define(alice);
            accepted.add(evicted(alice));
            faults();
            for (int kill = 0; kill < KILLS; kill++) {
                Instance killed = ready(processes);
                if (kill % KILLS_PER_EVENT == 0) {
                    String id = "round-" + kill;
                    ToolStory.post(alice.at(killed.address("API")), id, "work.now");
                    accepted.add(id);
                }
                awaitMoment(kill, random);
                here.azure.resources().forEach(resource -> killedWhile.add(resource.state()));
                processes.remove().kill();
                fill(processes);
            }
            Caller again = alice.at(ready(processes).address("API"));
            accepted.forEach(id -> await().atMost(RECOVERY)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> !List.of("?", "RUNNING").contains(again.statusOf(id))));
            assertThat(again.get("/api/tasks?pageSize=100").json().get("tasks").values())
                    .as("seed %d", seed)
                    .hasSize(2 * accepted.size() - 1)
                    .allSatisfy(
                            task -> assertThat(task.path("exitCode").asInt(-1)).isZero());
            assertThat(accepted)
                    .as("seed %d", seed)
                    .allMatch(id -> again.statusOf(id).equals("COMPLETED"));
        } finally {
            close(processes);
        }
        assertThat(killedWhile).as("seed %d", seed).contains("Creating", "Deleting", "Succeeded");
        Map<String, Integer> begun = ledger.begun();
        assertThat(begun).as("seed %d", seed).hasSize(2 * accepted.size() - 1).containsEntry("spot/" + EVICTED, 2);
        assertThat(begun.entrySet())
                .as("seed %d", seed)
                .filteredOn(each -> !each.getKey().endsWith(EVICTED))
                .allMatch(each -> each.getValue() == 1);
        assertThat(orders().entrySet())
                .as("seed %d", seed)
                .filteredOn(each -> each.getValue() > 1)
                .hasSize(1)
                .allMatch(each -> each.getValue() == 2);
        assertNothingLeft("seed " + seed);
    }

    /** Every third kill is to come while something is deleted, if that happens soon; the others whenever they come. */
    private void awaitMoment(int kill, Random random) {
        if (kill % KILLS_PER_EVENT == KILLS_PER_EVENT - 1) {
            long until = System.nanoTime() + DELETION_COMES.toNanos();
            while (System.nanoTime() < until
                    && here.azure.resources().stream()
                            .noneMatch(resource -> resource.state().equals("Deleting"))) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        } else {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1_500)));
        }
    }

    @Test
    void what_a_terminated_workflow_has_left_is_removed_by_the_sweep_alone() throws Exception {
        try (Instance product = product()) {
            product.untilReady();
            here.sweepOnlyWhenTold();
            Caller alice = Caller.register(product.address("API"), "alice", "correct horse battery");
            ToolStory.define(alice, "group", "work.*", AzureHere.group(), "exec sleep 600", ONLINE);
            ToolStory.define(alice, "machine", "work.*", Map.of("kind", "vm"), "exec sleep 600", ONLINE);
            ToolStory.post(alice, "one", "work.now");
            for (String task : List.of("one.group", "one.machine")) {
                ToolStory.awaitState(alice, task, "RUNNING");
                String workflow =
                        alice.get("/api/tasks/" + task).json().get("workflowId").asString();
                here.temporal.client().newUntypedWorkflowStub(workflow).terminate("nobody cleans up");
            }
            assertThat(here.types())
                    .containsExactly(
                            "containerGroups", "disks", "networkInterfaces", "publicIPAddresses", "virtualMachines");
            here.azure.faults().add(Fault.on("DELETE", AzureHere.MACHINES, new Effect.HalfDeletion()));

            await().atMost(SOON).pollInterval(Duration.ofSeconds(2)).until(() -> {
                here.sweep();
                return here.azure.resources().isEmpty() && here.runBlobs().isEmpty();
            });
            assertNothingLeft("after the sweep");
        }
    }

    /** A tool in container groups, one in machines, and one in machines that are sold cheaply and taken away. */
    private void define(Caller caller) {
        String work = " && sleep 4 && echo '{\"ok\":true}'";
        ToolStory.define(caller, "group", "work.*", AzureHere.group(), ledger.beginning("group") + work, ONLINE);
        ToolStory.define(caller, "machine", "work.*", Map.of("kind", "vm"), ledger.beginning("machine") + work, ONLINE);
        ToolStory.define(
                caller,
                "spot",
                "cheap.*",
                Map.of("kind", "vm", "spot", true),
                "[ $(" + ledger.beginning("spot") + ") = 1 ] && exec sleep 300; exit 0",
                ONLINE);
    }

    private String evicted(Caller caller) {
        here.azure.faults().add(Fault.on("PUT", AzureHere.MACHINES, new Effect.Eviction(8)));
        ToolStory.post(caller, EVICTED, "cheap.now");
        await().atMost(SOON).until(() -> !here.azure.resources().isEmpty());
        return EVICTED;
    }

    /** Everything goes wrong once or twice, besides. */
    private void faults() {
        for (String type : List.of(AzureHere.GROUPS, AzureHere.MACHINES)) {
            here.azure
                    .faults()
                    .add(Fault.on("PUT", type, new Effect.LostResponse()).times(2, 2))
                    .add(Fault.on("PUT", type, new Effect.SlowProvisioning(5)).times(3, 4))
                    .add(Fault.on("PUT", type, new Effect.Throttle(3)).times(5, 5))
                    .add(Fault.on("PUT", type, new Effect.Delay(3)).times(7, 8))
                    .add(Fault.on("DELETE", type, new Effect.HalfDeletion()).times(2, 2))
                    .add(Fault.on("DELETE", type, new Effect.LostResponse()).times(4, 4))
                    .add(Fault.on("DELETE", type, new Effect.SlowProvisioning(4))
                            .times(6, 6))
                    .add(Fault.on("DELETE", type, new Effect.Throttle(2)).times(8, 8));
        }
    }

    /** How often each group and machine was ordered with success, whether or not anybody heard of it. */
    private Map<String, Long> orders() {
        return here.azure.requests().stream()
                .filter(asked -> asked.verb().equals("PUT") && (asked.status() == 201 || asked.status() == 0))
                .collect(Collectors.groupingBy(AskedRequest::name, Collectors.counting()));
    }

    private void assertNothingLeft(String when) {
        assertThat(here.azure.resources())
                .as(when)
                .extracting(ResourceSummary::id)
                .isEmpty();
        assertThat(here.azure.leftovers()).as(when).isEmpty();
        assertThat(here.runBlobs()).as(when).isEmpty();
    }

    private static Instance ready(Deque<Instance> processes) {
        return processes.getFirst().untilReady();
    }

    private void fill(Deque<Instance> processes) throws IOException {
        while (processes.size() < PROCESSES) {
            processes.add(product());
        }
    }

    private Instance product() throws IOException {
        Map<String, String> settings = here.environment();
        settings.put("OPENAI_BASE_URL", "http://127.0.0.1:1/v1");
        settings.put("TOOL_RUNS_PER_USER", "64");
        return Instance.start(folder.resolve("home-" + started++), settings);
    }

    private static void close(Deque<Instance> processes) throws InterruptedException {
        for (Instance process : processes) {
            process.close();
        }
    }
}
