package dev.lightning.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import dev.lightning.app.Instance;
import dev.lightning.providers.testing.ContainerEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole product is killed while tools run on a real engine: none runs twice, none is lost, none is left behind. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ToolCrashTest {
    private static final int KILLS = 20;

    private static ContainerEngine engine;

    @TempDir
    Path folder;

    /** A name that no other instance on the engine has, by which its containers are known. */
    private final String user = "u" + UUID.randomUUID().toString().substring(0, 8);

    private Path ledger;
    private String runsOfUser = "";

    @BeforeAll
    static void start_the_engine() {
        engine = ContainerEngine.start();
    }

    @AfterAll
    static void stop_the_engine() {
        engine.close();
    }

    @BeforeEach
    void open_the_ledger() throws IOException {
        ledger = Files.createFile(folder.resolve("ledger"));
    }

    @Test
    void tools_that_run_while_everything_is_killed_are_found_again() throws Exception {
        Caller alice;
        List<String> there;
        try (Instance killed = product()) {
            alice = Caller.register(killed.address("API"), user, "correct horse battery");
            define(alice, 8);
            post(alice, "one");
            ToolStory.awaitState(alice, "one.contained", "RUNNING");
            ToolStory.awaitState(alice, "one.processed", "RUNNING");
            there = containers();

            killed.kill();
        }
        assertThat(containers()).isEqualTo(there).hasSize(1);
        try (Instance restarted = product()) {
            Caller again = alice.at(restarted.address("API"));
            ToolStory.awaitStatus(again, "one", "COMPLETED");
            JsonNode chain = again.get("/api/events/one").json().get("events");
            assertThat(chain)
                    .hasSize(2)
                    .allSatisfy(result -> assertThat(
                                    result.get("metadata").get("data").get("ok").asBoolean())
                            .isTrue());
            assertThat(started()).hasSize(1);
            assertThat(containers()).isEmpty();
        }
    }

    @Test
    void after_kills_at_random_moments_every_run_has_ended_once_and_nothing_is_left() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Caller alice = null;
        List<String> accepted = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            try (Instance killed = product()) {
                if (alice == null) {
                    alice = Caller.register(killed.address("API"), user, "correct horse battery");
                    define(alice, 1);
                }
                alice = alice.at(killed.address("API"));
                String id = "round-" + kill;
                post(alice, id);
                accepted.add(id);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(2_500)));
                killed.kill();
            }
        }
        try (Instance restarted = product()) {
            Caller again = alice.at(restarted.address("API"));
            accepted.forEach(id -> ToolStory.awaitStatus(again, id, "COMPLETED"));
            assertThat(started()).as("seed %d", seed).hasSameSizeAs(accepted).doesNotHaveDuplicates();
            assertThat(containers()).as("seed %d", seed).isEmpty();
            assertThat(runFolders()).as("seed %d", seed).isEmpty();
        }
    }

    /** A tool in a container and one as a process, which writes every start into the ledger outside the product. */
    private void define(Caller caller, int seconds) {
        String says = "sleep " + seconds + "; echo '{\"ok\":true}'";
        ToolStory.define(
                caller,
                "contained",
                Map.of("kind", "docker", "image", "docker.io/library/" + ContainerEngine.IMAGE, "pull", "never"),
                says);
        ToolStory.define(
                caller, "processed", Map.of("kind", "process"), "cat >>" + ledger + "; echo >>" + ledger + "; " + says);
    }

    /** The ids of the events whose process was started, as often as it was. */
    private List<String> started() throws IOException {
        return Files.readAllLines(ledger).stream()
                .filter(line -> !line.isBlank())
                .map(line -> Caller.JSON.readTree(line).get("id").asString())
                .toList();
    }

    private void post(Caller caller, String id) {
        String workflow = ToolStory.post(caller, id, "work.now");
        runsOfUser = workflow.replaceFirst("^event-", "tool-").replaceFirst(id + "$", "");
    }

    private List<String> containers() throws IOException {
        try (DockerClient client = engine.client()) {
            return client.listContainersCmd().withShowAll(true).exec().stream()
                    .filter(container -> container
                            .getLabels()
                            .getOrDefault("lightning.workflow", "")
                            .startsWith(runsOfUser))
                    .map(Container::getId)
                    .toList();
        }
    }

    private List<Path> runFolders() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("home").resolve("runs"))) {
            return runs.filter(Files::isDirectory)
                    .filter(run -> !run.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    private Instance product() throws IOException {
        return Instance.start(
                        folder.resolve("home"),
                        Map.of(
                                "DOCKER_HOST", engine.host(),
                                "OPENAI_BASE_URL", "",
                                "TOOL_RUNS_PER_USER", "64"))
                .untilReady();
    }
}
