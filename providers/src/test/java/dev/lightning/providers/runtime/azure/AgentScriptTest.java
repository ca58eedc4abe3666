package dev.lightning.providers.runtime.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.azure.AzureAccount;
import dev.lightning.providers.azure.AzureCredentials;
import dev.lightning.providers.runtime.OutputReader.Channel;
import dev.lightning.providers.runtime.PullPolicy;
import dev.lightning.providers.runtime.RunLabels;
import dev.lightning.providers.runtime.RunLimits;
import dev.lightning.providers.runtime.RunMachine;
import dev.lightning.providers.runtime.RunRequest;
import dev.lightning.providers.testing.Azurite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What serves a run, on this machine's own shell, when it is ended or its storage goes away while it does. */
class AgentScriptTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAME = "run-1";

    private static Azurite storage;

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();

    @BeforeAll
    static void start() {
        storage = Azurite.start();
    }

    @AfterAll
    static void stop() {
        if (storage != null) {
            storage.close();
        }
    }

    /** Once: a shell reads its script while it runs it. */
    @BeforeEach
    void write_the_script() throws IOException {
        Files.writeString(folder.resolve("agent.sh"), AgentScript.agent());
    }

    @AfterEach
    void end_what_is_left() {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void an_agent_that_is_killed_again_and_again_hands_over_everything_once() throws Exception {
        RunBlobs blobs = blobs();
        Map<String, String> environment = environment(blobs);
        assertThat(agent("fetch", environment).waitFor()).isZero();
        Process keeper = agent("keep", environment);
        Process program = started(new ProcessBuilder("/bin/sh", "-c", """
                        exec >stdout.pipe 2>stderr.pipe; cut -d' ' -f1 /proc/uptime >started
                        i=0; while [ $i -lt 60 ]; do i=$((i+1)); echo line-$i; sleep 0.1; done
                        echo "5 $(cut -d' ' -f1 /proc/uptime) -" >exit
                        """)
                .directory(folder.resolve("shared").toFile()));

        for (int kill = 0; kill < 4; kill++) {
            Process reporter = agent("report", environment);
            try {
                reporter.onExit().get(1300 + 150L * kill, TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillThere) {
                reporter.descendants().forEach(ProcessHandle::destroyForcibly);
                reporter.destroyForcibly().waitFor();
            }
        }
        storage.stop();
        Process last = agent("report", environment);
        program.waitFor();
        keeper.waitFor();
        storage.resume();

        assertThat(last.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(output(blobs).lines()).hasSize(60).doesNotHaveDuplicates().endsWith("line-60");
        assertThat(blobs.end(NAME).orElseThrow().exitCode()).isEqualTo(5);
        assertThat(blobs.started(NAME)).isPresent();
    }

    @Test
    void an_agent_whose_links_are_no_longer_good_ends() throws Exception {
        RunBlobs blobs = blobs();
        Map<String, String> environment = environment(blobs);
        assertThat(agent("fetch", environment).waitFor()).isZero();
        Files.writeString(Files.createDirectories(folder.resolve("state")).resolve("stdout"), "hello\n");
        blobs.remove(NAME);

        Process reporter = agent("report", environment);

        Awaitility.await().atMost(PATIENCE).until(() -> !reporter.isAlive());
        assertThat(reporter.exitValue()).isNotZero();
        assertThat(blobs.runs("aci")).isEmpty();
    }

    private static RunBlobs blobs() {
        return new RunBlobs(
                AzureAccount.connected("STORAGE_CONNECTION", storage.connection()),
                new AzureCredentials(),
                Azurite.newName(),
                "ours",
                Clock.systemUTC());
    }

    private Map<String, String> environment(RunBlobs blobs) {
        RunRequest request = new RunRequest(
                NAME,
                new RunLabels("tool-run/1", "a-tool", "alice"),
                0,
                null,
                PullPolicy.NEVER,
                List.of("true"),
                Map.of(),
                "{}",
                new RunLimits(1 << 20, 1, 1, 1 << 20, Duration.ofHours(1)),
                true,
                RunMachine.USUAL,
                null);
        blobs.order(NAME, new RunOrder("tool-run/1", Instant.now(), "here", "small", false, "aci"));
        blobs.fill(request);
        Map<String, String> environment =
                new HashMap<>(blobs.links(NAME, Duration.ofHours(1)).with(request));
        environment.put("LIGHTNING_SHARED", folder.resolve("shared").toString());
        environment.put("LIGHTNING_WORK", folder.resolve("work").toString());
        environment.put("LIGHTNING_STATE", folder.resolve("state").toString());
        return environment;
    }

    private Process agent(String what, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        "/bin/sh", folder.resolve("agent.sh").toString(), what)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        return started(builder);
    }

    private Process started(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private static String output(RunBlobs blobs) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        blobs.reading().output(NAME, (channel, piece) -> {
            if (channel == Channel.STDOUT) {
                bytes.writeBytes(piece);
            }
            return true;
        });
        return bytes.toString(UTF_8);
    }
}
