package dev.lightning.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lightning.app.temporal.ServerProbe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the product starts and ends as a process, seen from outside with the real Temporal server. */
class ProcessTest {
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final Duration IN_A_WHILE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void it_becomes_ready_serves_and_on_a_signal_ends_together_with_its_temporal_server() throws Exception {
        Path classes = folder.resolve("classes.log");
        Map<String, String> watched = Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + classes);
        try (Instance instance = start(watched).untilReady()) {
            ProcessHandle temporal = instance.temporal();
            assertThat(instance.status("/health")).isEqualTo(200);
            assertThat(instance.status("/livez")).isEqualTo(200);
            assertThat(instance.status("/readyz")).isEqualTo(200);
            assertThat(instance.status("/v3/api-docs")).isEqualTo(200);
            assertThat(instance.output()).doesNotContain("WARN");
            assertThat(ServerProbe.get(instance.address("Metrics"))).contains("temporal_", "jvm_memory_used_bytes");

            instance.terminate();

            assertThat(instance.exitCode()).isZero();
            assertThat(temporal.isAlive()).isFalse();
            assertThat(instance.output()).contains("event=workers.stopped").doesNotContain("Exception");
            assertThat(Files.size(classes)).isPositive();
            try (Stream<String> loaded = Files.lines(classes)) {
                assertThat(loaded.filter(line -> line.contains("com.azure.") || line.contains("com.microsoft.")))
                        .isEmpty();
            }
        }
    }

    @Test
    void a_killed_process_takes_its_temporal_server_with_it_and_the_next_start_finds_all_state() throws Exception {
        try (Instance first = start(Map.of()).untilReady()) {
            ServerProbe.startWaitingWorkflow(first.address("Temporal"), "kept");
            ProcessHandle temporal = first.temporal();

            first.kill();

            await().atMost(SOON).until(() -> !temporal.isAlive());
        }
        try (Instance second = start(Map.of()).untilReady()) {
            assertThat(ServerProbe.isRunning(second.address("Temporal"), "kept"))
                    .isTrue();
        }
    }

    @Test
    void logs_are_json_on_request() throws Exception {
        try (Instance instance = start(Map.of("LIGHTNING_LOG_FORMAT", "json"))) {
            instance.untilReady();
            assertThat(instance.output().lines().filter(line -> line.contains("event=workers.started")))
                    .singleElement()
                    .asString()
                    .startsWith("{")
                    .endsWith("}");
        }
    }

    @Test
    void a_killed_temporal_server_comes_back_on_its_port_and_the_process_recovers() throws Exception {
        try (Instance instance = start(Map.of()).untilReady()) {
            ProcessHandle killed = instance.temporal();

            killed.destroyForcibly();

            await().atMost(IN_A_WHILE)
                    .ignoreExceptions()
                    .until(() -> instance.temporal().pid() != killed.pid() && instance.status("/readyz") == 200);
            assertThat(instance.output()).contains("event=temporal.died").doesNotContain("Exception");
        }
    }

    @Test
    void the_owned_namespace_keeps_a_week_and_has_our_search_attributes() throws Exception {
        try (Instance instance = start(Map.of()).untilReady()) {
            String address = instance.address("Temporal");

            assertThat(ServerProbe.retention(address)).isEqualTo(Duration.ofDays(7));
            assertThat(ServerProbe.searchAttributes(address)).contains("LxEventType", "LxUser", "LxStatus");
        }
    }

    @Test
    void a_second_process_on_the_same_home_ends_with_one_line_that_names_the_first() throws Exception {
        try (Instance first = start(Map.of()).untilReady();
                Instance second = start(Map.of())) {
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.output())
                    .hasLineCount(1)
                    .startsWith("lightning: ")
                    .contains("process id " + first.pid(), "LIGHTNING_HOME");
        }
    }

    @Test
    void a_taken_port_is_one_line_with_the_port_and_its_setting() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (String setting : new String[] {"PORT", "METRICS_PORT", "TEMPORAL_PORT"}) {
                try (Instance instance = start(Map.of(setting, Integer.toString(taken.getLocalPort())))) {
                    assertThat(instance.exitCode()).isEqualTo(1);
                    assertThat(instance.output())
                            .hasLineCount(1)
                            .contains("port " + taken.getLocalPort(), "set " + setting + " to");
                }
            }
        }
    }

    @Test
    void a_missing_or_wrong_setting_is_one_line() throws Exception {
        assertOneLine(Map.of("SERVICE_TYPE", "scheduler"), "SERVICE_TYPE must be one of all, api, worker");
        assertOneLine(Map.of("WORKER_QUEUES", "lightning-evnets"), "WORKER_QUEUES must be a list of names from");
    }

    @Test
    void a_start_in_azure_mode_that_is_refused_says_everything_and_leaves_nothing_behind() throws Exception {
        Map<String, String> settings = Map.of(
                "LIGHTNING_MODE", "azure",
                "LIGHTNING_BLOB_PROVIDER", "s3",
                "PORT", "many",
                "TOOL_RUNTIMES", "aci",
                "AZURE_LOCATION", "West Europe");
        try (Instance instance = start(settings)) {
            assertThat(instance.exitCode()).isEqualTo(1);
            assertThat(instance.output().lines())
                    .doesNotHaveDuplicates()
                    .allMatch(line -> line.startsWith("lightning: "))
                    .anyMatch(line -> line.contains("LIGHTNING_BLOB_PROVIDER must be one of"))
                    .anyMatch(line -> line.contains("PORT cannot be read as a whole number"))
                    .anyMatch(line -> line.contains("needs JWT_SIGNING_KEY"))
                    .anyMatch(line -> line.contains("AZURE_LOCATION"));
            assertThat(folder.resolve("home")).doesNotExist();
        }
    }

    @Test
    void a_start_without_a_server_of_its_own_leaves_nothing_behind_when_its_port_is_taken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Instance instance = start(
                        Map.of("TEMPORAL_ADDRESS", "127.0.0.1:1", "PORT", Integer.toString(taken.getLocalPort())))) {
            assertThat(instance.exitCode()).isEqualTo(1);
            assertThat(instance.output()).hasLineCount(1).contains("port " + taken.getLocalPort());
            assertThat(folder.resolve("home")).doesNotExist();
        }
    }

    @Test
    void a_process_that_starts_before_temporal_is_alive_but_not_ready_until_temporal_is_there() throws Exception {
        int port = freePort();
        int apiPort = freePort();
        try (Instance early = Instance.start(
                folder.resolve("early"),
                Map.of("TEMPORAL_ADDRESS", "127.0.0.1:" + port, "PORT", Integer.toString(apiPort)))) {
            early.untilPrinted("event=workers.waiting");
            assertThat(ServerProbe.status("http://localhost:" + apiPort + "/livez"))
                    .isEqualTo(200);
            assertThat(ServerProbe.status("http://localhost:" + apiPort + "/readyz"))
                    .isEqualTo(503);

            try (Instance owner = start(Map.of("TEMPORAL_PORT", Integer.toString(port), "SERVICE_TYPE", "api"))) {
                owner.untilReady();
                early.untilReady();
                assertThat(early.output()).doesNotContain("Exception");
            }
        }
    }

    private void assertOneLine(Map<String, String> settings, String expected) throws Exception {
        try (Instance instance = start(settings)) {
            assertThat(instance.exitCode()).isEqualTo(1);
            assertThat(instance.output())
                    .hasLineCount(1)
                    .startsWith("lightning: ")
                    .contains(expected);
        }
    }

    private Instance start(Map<String, String> settings) throws IOException {
        return Instance.start(folder.resolve("home"), settings);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
