package dev.lightning.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lightning.app.Instance;
import dev.lightning.providers.testing.ContainerEngine;
import dev.lightning.providers.testing.GitServer;
import dev.lightning.providers.testing.NotifySink;
import dev.lightning.providers.testing.StandInBehaviour;
import dev.lightning.providers.testing.StandInModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole product in azure mode with tools of every kind that it offers: only the environment differs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class AzureToolsTest {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Map<String, Object> ONLINE = Map.of("network", true);

    /** Longer than the second of two runs may take to come. */
    private static final Duration WARM = Duration.ofSeconds(10);

    /** What it leaves, complains of and finds out about the event that it was given. */
    private static final String WORK = "echo complaint >&2; echo kept >\"$LIGHTNING_OUTPUT/kept.txt\";"
            + " grep -c '\"answer\":42' >\"$LIGHTNING_OUTPUT/found\";"
            + " echo \"{\\\"found\\\":$(cat \"$LIGHTNING_OUTPUT/found\")}\"; exit 3";

    @TempDir
    static Path folder;

    private AzureHere here;
    private StandInModel model;
    private NotifySink sink;
    private Instance product;
    private Caller alice;

    @BeforeAll
    void start() throws Exception {
        here = AzureHere.start(folder, Duration.ZERO, Duration.ZERO);
        model = StandInModel.start();
        sink = NotifySink.start(null);
        Map<String, String> settings = new LinkedHashMap<>(here.environment());
        settings.put("OPENAI_BASE_URL", model.baseUrl());
        settings.put("NOTIFY_URL", sink.url().toString());
        settings.put("AZURE_VM_WARM", WARM.toSeconds() + "s");
        product = Instance.start(folder.resolve("home"), settings).untilReady();
        alice = Caller.register(product.address("API"), "alice", "correct horse battery");
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable part : Arrays.asList(product, sink, model, here)) {
            if (part != null) {
                part.close();
            }
        }
    }

    @AfterEach
    void nothing_is_left() {
        assertThat(here.azure.resources()).isEmpty();
        assertThat(here.azure.leftovers()).isEmpty();
        assertThat(here.runBlobs()).isEmpty();
    }

    @Test
    void the_main_job_and_a_tool_of_each_kind_are_done() throws Exception {
        model.next(StandInBehaviour.says("Hello from Azure"));
        tool("on-docker", Map.of("kind", "docker", "image", "docker.io/library/" + ContainerEngine.IMAGE), WORK);
        // What is billed by the second has to last one.
        tool("on-aci", AzureHere.group(), "sleep 1; " + WORK);
        tool("on-vm", Map.of("kind", "vm", "size", "Standard_D2s_v5"), "sleep 1; " + WORK);

        assertThat(alice.chat("hello-1", "Say hello").status()).isEqualTo(202);
        ToolStory.post(alice, "all-1", "all.kinds", Map.of("answer", 42));

        ToolStory.awaitStatus(alice, "hello-1", "COMPLETED");
        assertThat(alice.get("/api/messages/hello-1~1")
                        .json()
                        .at("/event/metadata/reply")
                        .asString())
                .isEqualTo("Hello from Azure");
        await().atMost(SOON)
                .until(() -> sink.calls().stream().anyMatch(call -> call.body().contains("hello-1")));
        ToolStory.awaitStatus(alice, "all-1", "COMPLETED");
        JsonNode results = alice.get("/api/events/all-1").json().get("events");
        assertThat(results.values()).hasSize(3).allSatisfy(result -> {
            JsonNode said = result.get("metadata");
            assertThat(said.get("exitCode").asInt()).isEqualTo(3);
            assertThat(said.at("/data/found").asInt()).isEqualTo(1);
            assertThat(said.get("stderr").asString()).isEqualTo("complaint\n");
            assertThat(said.get("durationMs").asLong()).isBetween(0L, 30_000L);
        });
        for (String kind : List.of("docker", "aci", "vm")) {
            String task = "/api/tasks/all-1.on-" + kind;
            JsonNode view = alice.get(task).json();
            assertThat(view.get("state").asString()).isEqualTo("COMPLETED");
            assertThat(view.get("exitCode").asInt()).isEqualTo(3);
            assertThat(view.path("usage")).isEqualTo(usage(results, "on-" + kind));
            assertThat(alice.get(task + "/artifacts/kept.txt").text()).isEqualTo("kept\n");
            assertThat(alice.get(task + "/logs?stream=stderr").text()).contains("complaint");
        }
        assertThat(usage(results, "on-docker").isMissingNode()).isTrue();
        assertThat(usage(results, "on-aci").get("location").asString()).isEqualTo("westeurope");
        assertThat(usage(results, "on-aci").get("size").asString()).contains("vCPU");
        assertThat(usage(results, "on-aci").get("seconds").asInt()).isBetween(1, 60);
        assertThat(usage(results, "on-vm").get("location").asString()).isEqualTo("westeurope");
        assertThat(usage(results, "on-vm").get("size").asString()).isEqualTo("Standard_D2s_v5");
        assertThat(usage(results, "on-vm").get("seconds").asInt()).isBetween(1, 60);
        assertThat(product.output()).doesNotContain("WARN", "Exception", here.storage.key());
    }

    @Test
    void lines_of_a_container_group_are_there_while_it_runs() throws Exception {
        tool(
                "talker",
                "talk.*",
                AzureHere.group(),
                "for i in 1 2 3 4 5 6 7 8; do echo line $i; sleep 1; done; echo over >&2");
        ToolStory.post(alice, "talk-1", "talk.now");
        ToolStory.awaitState(alice, "talk-1.talker", "RUNNING");

        try (LogStream lines = new LogStream(product, alice, "talk-1.talker", "")) {
            for (int i = 1; i <= 3; i++) {
                assertThat(lines.next().data()).isEqualTo("{\"line\":\"line " + i + "\"}");
            }
            assertThat(alice.get("/api/tasks/talk-1.talker").json().get("state").asString())
                    .isEqualTo("RUNNING");
            for (int i = 4; i <= 8; i++) {
                assertThat(lines.next().data()).isEqualTo("{\"line\":\"line " + i + "\"}");
            }
            assertThat(lines.next().name()).isEqualTo("stderr");
            assertThat(lines.next().name()).isEqualTo("end");
        }
        ToolStory.awaitStatus(alice, "talk-1", "COMPLETED");
    }

    /** The second waits for its turn, so that it comes when the first has just left the machine. */
    @Test
    void two_runs_have_one_machine_after_another_which_goes_when_no_third_comes() {
        ToolStory.define(
                alice,
                "again",
                "again.*",
                Map.of("kind", "vm", "reuse", true),
                "[ ! -e /tmp/was ] && touch /tmp/was && sleep 1",
                Map.of("network", true, "replicas", 1));
        long before = machinesOrdered();

        ToolStory.post(alice, "again-1", "again.now");
        ToolStory.post(alice, "again-2", "again.now");

        for (String id : List.of("again-1", "again-2")) {
            ToolStory.awaitStatus(alice, id, "COMPLETED");
            JsonNode task = alice.get("/api/tasks/" + id + ".again").json();
            assertThat(task.get("exitCode").asInt()).isZero();
            assertThat(task.at("/usage/size").asString()).isEqualTo("Standard_B2s");
        }
        assertThat(machinesOrdered()).isEqualTo(before + 1);
        assertThat(here.types()).contains("virtualMachines");
        await().atMost(SOON).pollInterval(Duration.ofSeconds(2)).until(() -> {
            here.sweep();
            return here.azure.resources().isEmpty() && here.runBlobs().isEmpty();
        });
    }

    private long machinesOrdered() {
        return here.azure.requests().stream()
                .filter(asked -> asked.verb().equals("PUT") && asked.type().equals(AzureHere.MACHINES))
                .count();
    }

    @Test
    void a_machine_whose_run_is_cancelled_goes_with_all_its_parts() {
        tool("sleeper", "sleep.*", Map.of("kind", "vm"), "echo begun; exec sleep 600");
        ToolStory.post(alice, "sleep-1", "sleep.now");
        ToolStory.awaitState(alice, "sleep-1.sleeper", "RUNNING");
        assertThat(here.types()).containsExactly("disks", "networkInterfaces", "publicIPAddresses", "virtualMachines");

        assertThat(alice.send("POST", "/api/tasks/sleep-1.sleeper:cancel", null).status())
                .isEqualTo(202);

        ToolStory.awaitState(alice, "sleep-1.sleeper", "CANCELLED");
        assertThat(alice.get("/api/tasks/sleep-1.sleeper/logs").text()).contains("begun");
    }

    /** Sources may be this machine's only on a developer's own; what they run on is Azure's all the same. */
    @Test
    void a_worker_task_has_its_sources_in_a_container_group() throws Exception {
        try (GitServer git = GitServer.start(Files.createDirectories(folder.resolve("repositories")), "not needed");
                Instance own = ownMachine()) {
            git.commit("web", Map.of("README", "hello", "bin/tool", "#!/bin/sh"));
            Caller bob = Caller.register(own.address("API"), "bob", "correct horse battery");

            ToolStory.post(
                    bob,
                    "task-1",
                    "worker.task",
                    Map.of(
                            "repo",
                            git.open("web"),
                            "network",
                            true,
                            "commands",
                            List.of("grep hello README", "ls bin >\"$LIGHTNING_OUTPUT/list\"", "exit 4", "never")));

            ToolStory.awaitState(bob, "task-1.worker-task", "COMPLETED");
            JsonNode commands = bob.get("/api/events/task-1").json().at("/events/0/metadata/data/commands");
            assertThat(commands.values())
                    .extracting(command -> command.get("exitCode").asInt())
                    .containsExactly(0, 0, 4);
            assertThat(bob.get("/api/tasks/task-1.worker-task/artifacts/list").text())
                    .isEqualTo("tool\n");
            assertThat(here.azure.requests())
                    .anyMatch(
                            asked -> asked.verb().equals("PUT") && asked.type().equals(AzureHere.GROUPS));
        }
    }

    private Instance ownMachine() throws IOException {
        Map<String, String> settings = new LinkedHashMap<>(here.orders());
        settings.put("OPENAI_BASE_URL", "");
        settings.put("REPO_ALLOW_LOCAL", "true");
        settings.put("TOOL_RUNTIMES", "aci");
        settings.put("WORKER_TASK_RUNTIME", "aci");
        settings.put("WORKER_TASK_IMAGE", ContainerEngine.IMAGE);
        return Instance.start(folder.resolve("own"), settings).untilReady();
    }

    private void tool(String name, Map<String, ?> runtime, String script) {
        tool(name, "all.*", runtime, script);
    }

    private void tool(String name, String accepts, Map<String, ?> runtime, String script) {
        ToolStory.define(alice, name, accepts, runtime, script, ONLINE);
    }

    private static JsonNode usage(JsonNode results, String tool) {
        return results.valueStream()
                .map(result -> result.get("metadata"))
                .filter(said -> said.get("tool").asString().equals(tool))
                .findFirst()
                .orElseThrow()
                .path("usage");
    }
}
