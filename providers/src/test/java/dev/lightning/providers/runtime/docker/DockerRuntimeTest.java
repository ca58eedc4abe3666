package dev.lightning.providers.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import dev.lightning.providers.runtime.OutputPosition;
import dev.lightning.providers.runtime.OutputReader.Channel;
import dev.lightning.providers.runtime.PullPolicy;
import dev.lightning.providers.runtime.RunRejectedException;
import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import dev.lightning.providers.runtime.ToolRuntime;
import dev.lightning.providers.runtime.ToolRuntimeContract;
import dev.lightning.providers.runtime.WorkspaceArchive;
import dev.lightning.providers.testing.ContainerEngine;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on a real engine, and the walls of a container as seen from inside. */
class DockerRuntimeTest extends ToolRuntimeContract {
    private static final String INSTANCE = "ours-" + UUID.randomUUID();

    private static ContainerEngine engine;
    private static DockerRuntime ours;
    private static DockerRuntime neighbour;

    @BeforeAll
    static void start_engine() {
        engine = ContainerEngine.start();
        ours = runtime(engine.host(), INSTANCE);
        neighbour = runtime(engine.host(), "neighbour-" + UUID.randomUUID());
    }

    @AfterAll
    static void stop_engine() throws Exception {
        if (engine != null) {
            ours.close();
            neighbour.close();
            engine.close();
        }
    }

    private static DockerRuntime runtime(String host, String instance) {
        return new DockerRuntime(settings(host, instance), Clock.systemUTC());
    }

    private static DockerRuntimeSettings settings(String host, String instance) {
        return new DockerRuntimeSettings(host, instance, null, null);
    }

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
        return ContainerEngine.IMAGE;
    }

    @Override
    protected void assertNothingLeftOf(String name) throws Exception {
        try (DockerClient client = engine.client()) {
            assertThat(client.listContainersCmd().withShowAll(true).exec())
                    .noneMatch(container ->
                            List.of(container.getNames()).toString().contains(name));
            assertThat(client.listVolumesCmd().exec().getVolumes())
                    .noneMatch(volume -> volume.getName().contains(name));
        }
    }

    @Test
    void a_start_that_comes_in_after_the_end_does_not_run_it_again() throws Exception {
        String name = run("echo once; exit 3");
        assertThat(ended(name).exitCode()).isEqualTo(3);

        try (DockerClient client = engine.client()) {
            client.startContainerCmd(name).exec();
        }

        assertThat(ended(name).exitCode()).isEqualTo(3);
        assertThat(output(name).text(Channel.STDOUT)).isEqualTo("once\n");
        assertThat(output(name).text(Channel.STDERR)).isEmpty();
    }

    @Test
    void an_output_directory_is_copied_only_where_something_was_left() throws Exception {
        String nothing = run("echo silent");
        String empty = run("mkdir \"$LIGHTNING_OUTPUT/folder\" && rmdir \"$LIGHTNING_OUTPUT/folder\"");
        String something = run("echo kept >\"$LIGHTNING_OUTPUT/file\"");

        OutputFolder folder = new OutputFolder(
                EngineClient.of(settings(engine.host(), INSTANCE), 2).getHttpClient());

        assertThat(List.of(nothing, empty, something))
                .allSatisfy(name -> assertThat(ended(name).exitCode()).isZero());
        assertThat(folder.isUntouched(nothing)).isTrue();
        assertThat(folder.isUntouched(empty)).isFalse();
        assertThat(folder.isUntouched(something)).isFalse();
        assertThat(folder.isUntouched("lightning-that-is-not-there")).isFalse();
    }

    @Test
    void a_start_that_comes_too_late_hides_nothing_that_the_program_has_left() throws Exception {
        Request request = request("echo kept >\"$LIGHTNING_OUTPUT/file\"; echo left; exec sleep 300");
        String name = start(request);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> output(name).text(Channel.STDOUT).equals("left\n"));

        try (DockerClient client = engine.client()) {
            new ContainerStart(
                            settings(engine.host(), INSTANCE),
                            Clock.systemUTC(),
                            client,
                            new OwnContainers(client, INSTANCE),
                            new Images(client, new EngineTrouble(engine.host())),
                            new Volumes(client))
                    .begin(request.build());
        }

        ours.stop(name);
        ended(name);
        assertThat(files(name, 1_000)).containsExactly(Map.entry("file", "kept\n"));
    }

    @Test
    void who_follows_and_leaves_keeps_no_connection_even_of_a_silent_program() throws Exception {
        String silent = start(request("exec sleep 300"));
        String speaking = start(request("echo hello; exec sleep 300"));

        for (int n = 0; n < 5; n++) {
            follow(silent, OutputPosition.START).interrupt();
            Following heard = follow(speaking, OutputPosition.START);
            heard.awaits(Channel.STDOUT, "hello\n");
            heard.interrupt();
        }

        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("docker-java-stream")));
    }

    @Test
    void a_start_cut_short_leaves_nothing_in_the_workspace_of_the_next() throws Exception {
        Request request = request("ls; cat README").workspace(temporary.resolve("gone"));
        assertThatThrownBy(() -> start(request)).isInstanceOf(RuntimeUnavailableException.class);
        assertThat(ours.status(request.name())).isInstanceOf(RunStatus.Created.class);
        Path older = Files.createDirectory(temporary.resolve("older"));
        Files.writeString(older.resolve("README"), "older");
        Files.writeString(older.resolve("removed-since"), "older");
        try (DockerClient client = engine.client()) {
            client.copyArchiveToContainerCmd(request.name())
                    .withRemotePath(ContainerPlan.WORK)
                    .withTarInputStream(WorkspaceArchive.of(older, "workspace-older"))
                    .exec();
            client.copyArchiveToContainerCmd(request.name())
                    .withRemotePath(ContainerPlan.INPUT)
                    .withTarInputStream(InputArchive.input("{}", "workspace-older"))
                    .exec();
        }

        start(request.workspace(workspace()));

        assertThat(ended(request.name()).exitCode()).isZero();
        assertThat(output(request.name()).text(Channel.STDOUT).lines())
                .containsExactly("README", "hosts", "run.sh", "src", "up", "hello");
    }

    @Test
    void the_program_has_no_privileges() throws Exception {
        String name = run("id -u; id -g; grep -E '^(Cap|NoNewPrivs|Seccomp:)' /proc/self/status");

        ended(name);
        assertThat(output(name).text(Channel.STDOUT).lines().map(line -> line.replaceAll("\\s+", " ")))
                .containsExactly(
                        "65534",
                        "65534",
                        "CapInh: 0000000000000000",
                        "CapPrm: 0000000000000000",
                        "CapEff: 0000000000000000",
                        "CapBnd: 0000000000000000",
                        "CapAmb: 0000000000000000",
                        "NoNewPrivs: 1",
                        "Seccomp: 2");
    }

    @Test
    void the_program_can_write_to_its_work_directory_and_to_scratch_only() throws Exception {
        String name = run(
                "pwd; for d in / /bin /etc /var /sys /proc/sys/kernel /lightning/work/.. /work /work/out /tmp; do"
                        + " if touch $d/probe 2>/dev/null; then echo $d; fi; done;"
                        + " cp /bin/busybox /tmp/echo && /tmp/echo ran; head -c 70000000 /dev/zero >/tmp/big; wc -c </tmp/big");

        ended(name);
        List<String> lines = output(name).text(Channel.STDOUT).lines().toList();
        assertThat(lines.getFirst()).isEqualTo("/work");
        assertThat(lines)
                .contains("/work", "/work/out", "/tmp")
                .doesNotContain("/", "/bin", "/etc", "/var", "/sys", "ran");
        assertThat(Long.parseLong(lines.getLast())).isLessThanOrEqualTo(64L * MEGABYTE);
    }

    @Test
    void the_program_sees_nothing_of_the_host() throws Exception {
        String name = run(
                "ls /var/run /run; ls / ; grep -vE '^(proc|tmpfs|sysfs|devpts|mqueue|shm|cgroup2?|overlay) ' /proc/mounts"
                        + " | cut -d' ' -f2");

        ended(name);
        assertThat(output(name).text(Channel.STDOUT)).doesNotContain("docker.sock", "podman.sock", "home", "root");
        assertThat(output(name).text(Channel.STDOUT).lines().filter(line -> line.startsWith("/")))
                .isSubsetOf(
                        "/",
                        "/work",
                        "/lightning",
                        "/lightning/work",
                        "/etc/hosts",
                        "/etc/hostname",
                        "/etc/resolv.conf",
                        "/etc/group",
                        "/etc/passwd",
                        "/var/run:",
                        "/run:",
                        "/run/.containerenv",
                        "/dev/shm");
    }

    @Test
    void a_run_without_a_network_has_only_the_loopback() throws Exception {
        String name = run("ls /sys/class/net");

        ended(name);
        assertThat(output(name).text(Channel.STDOUT)).isEqualTo("lo\n");
    }

    @Test
    void a_run_with_a_network_reaches_neither_the_metadata_service_nor_what_listens_on_the_hosts_loopback()
            throws Exception {
        try (ServerSocket platform = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String name = start(
                    request("ls /sys/class/net; gateway=$(ip route | sed -n 's/^default via \\([^ ]*\\).*/\\1/p');"
                                    + " ip route get 169.254.169.254 | head -n 1;"
                                    + " nc -w 3 169.254.169.254 80 </dev/null && echo METADATA;"
                                    + " for host in $gateway 127.0.0.1; do nc -w 3 $host " + platform.getLocalPort()
                                    + " </dev/null && echo PLATFORM; done; exit 0")
                            .network());

            ended(name);
            String text = output(name).text(Channel.STDOUT);
            assertThat(text).contains("eth0", "eth1").doesNotContain("METADATA", "PLATFORM", "via");
        }
    }

    @Test
    void the_networks_of_runs_that_may_go_out_are_known_by_which_the_platform_knows_them() throws Exception {
        String name = start(
                request("ip -4 -o addr show eth0; ip -4 -o addr show eth1").network());

        ended(name);
        String addresses = output(name).text(Channel.STDOUT);
        assertThat(runtime().origins())
                .isNotEmpty()
                .allSatisfy(network ->
                        assertThat(addresses).contains(" " + network.substring(0, network.lastIndexOf('.') + 1)));
    }

    @Test
    void the_host_keeps_its_own_way_to_the_metadata_service() throws Exception {
        ended(start(request("true").network()));

        Process routes = new ProcessBuilder("cat", "/proc/net/route").start();

        assertThat(new String(routes.getInputStream().readAllBytes())).doesNotContain("\t0000FEA9\t");
    }

    @Test
    void a_fork_bomb_meets_its_limit() throws Exception {
        String name = start(request("i=0; while [ $i -lt 100 ]; do sleep 60 & i=$((i+1)); done; echo all")
                .pids(20));

        RunStatus.Ended ended = ended(name);
        assertThat(ended.exitCode()).isNotZero();
        assertThat(output(name).text(Channel.STDOUT)).doesNotContain("all");
        assertThat(output(name).text(Channel.STDERR)).contains("fork");
    }

    @Test
    void memory_above_the_limit_ends_the_run_and_is_told() throws Exception {
        String name =
                start(request("tail /dev/zero").command("tail", "/dev/zero").memory(32L * MEGABYTE));

        RunStatus.Ended ended = ended(name);
        assertThat(ended.exitCode()).as(output(name).text(Channel.STDERR)).isEqualTo(137);
        assertThat(ended.outOfMemory()).isTrue();
    }

    @Test
    void a_missing_image_is_named() {
        assertThatThrownBy(() -> start(request("true").image("lightning-nothing:7", PullPolicy.NEVER)))
                .isInstanceOf(RunRejectedException.class)
                .hasMessageContaining("lightning-nothing:7");
        assertThatThrownBy(() -> start(request("true").image("localhost:1/lightning-nothing:7", PullPolicy.MISSING)))
                .isInstanceOfAny(RunRejectedException.class, RuntimeUnavailableException.class)
                .hasMessageContaining("lightning-nothing:7");
        assertThat(ours.runs()).isEmpty();
    }

    @Test
    void an_image_that_is_here_is_not_fetched_when_only_missing_ones_are() throws Exception {
        String name = start(request("echo here").image(ContainerEngine.IMAGE, PullPolicy.MISSING));

        assertThat(ended(name).exitCode()).isZero();
    }

    @Test
    void an_image_without_a_shell_is_refused_with_the_reason() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            var entry = new TarArchiveEntry("etc/");
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }
        engine.importImage("lightning-test-empty:1", bytes.toByteArray());

        assertThatThrownBy(() -> start(request("true").image("lightning-test-empty:1", PullPolicy.NEVER)))
                .isInstanceOf(RunRejectedException.class)
                .hasMessageContaining("/bin/sh");
    }

    @Test
    void an_engine_that_is_away_may_come_back() {
        try (DockerRuntime away = runtime("unix:///no/such/engine.sock", "ours")) {
            assertThatThrownBy(() -> away.start(request("true").build()))
                    .isInstanceOf(RuntimeUnavailableException.class)
                    .hasMessageContaining("DOCKER_HOST")
                    .hasMessageContaining("/no/such/engine.sock");
            assertThatThrownBy(away::runs).isInstanceOf(RuntimeUnavailableException.class);
        }
    }

    @Test
    void a_worker_that_was_killed_between_creating_and_starting_is_replaced_by_a_start() throws Exception {
        Request request = request("cat").with("{\"n\":1}");
        start(request);
        ended(request.name());
        ours.remove(request.name());
        try (DockerClient client = engine.client();
                var create = client.createContainerCmd(ContainerEngine.IMAGE)) {
            var settings = new DockerRuntimeSettings(engine.host(), INSTANCE, null, null);
            var labels = Labels.of(INSTANCE, request.build(), Clock.systemUTC().instant());
            new Volumes(client).make(request.name(), labels);
            new ContainerPlan(settings).applyTo(create, request.build(), List.of(), labels);
            create.exec();
        }
        assertThat(ours.status(request.name())).isInstanceOf(RunStatus.Created.class);
        assertThat(ours.awaitEnd(request.name(), PATIENCE)).isInstanceOf(RunStatus.Created.class);

        start(request);

        assertThat(ended(request.name()).exitCode()).isZero();
        assertThat(output(request.name()).text(Channel.STDOUT)).isEqualTo("{\"n\":1}");
    }

    @Test
    void a_run_of_which_only_volumes_are_left_is_listed_and_removed() throws Exception {
        Request request = request("true");
        try (DockerClient client = engine.client()) {
            new Volumes(client)
                    .make(
                            request.name(),
                            Labels.of(
                                    INSTANCE, request.build(), Clock.systemUTC().instant()));
        }
        assertThat(ours.runs()).extracting("name").contains(request.name());

        ours.remove(request.name());

        assertThat(ours.runs()).extracting("name").doesNotContain(request.name());
        assertNothingLeftOf(request.name());
    }

    @Test
    void a_run_whose_lifetime_is_over_is_ended_by_the_sweep() throws Exception {
        String overdue = start(request("exec sleep 300").lifetime(Duration.ZERO));
        String young = start(request("exec sleep 300"));

        ours.endOverdue();

        assertThat(ended(overdue).exitCode()).isEqualTo(137);
        assertThat(ours.status(young)).isInstanceOf(RunStatus.Running.class);
    }

    @Test
    void a_single_file_cannot_outgrow_its_limit() throws Exception {
        try (DockerRuntime narrow = new DockerRuntime(
                new DockerRuntimeSettings(engine.host(), INSTANCE, 1000L * 1000, null), Clock.systemUTC())) {
            Request request = request("head -c 2000000 /dev/zero >out/big; wc -c <out/big");
            narrow.start(request.build());
            narrow.awaitEnd(request.name(), PATIENCE);

            assertThat(output(request.name()).text(Channel.STDOUT).strip()).isEqualTo("1000000");
            narrow.remove(request.name());
        }
    }
}
