package dev.lightning.providers.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.providers.runtime.OutputReader.Channel;
import dev.lightning.providers.runtime.PullPolicy;
import dev.lightning.providers.runtime.RunRejectedException;
import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.runtime.ToolRuntime;
import dev.lightning.providers.runtime.ToolRuntimeContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract with real processes, and what becomes of them when whoever started them is gone. */
class ProcessRuntimeTest extends ToolRuntimeContract {
    @TempDir
    private Path folder;

    private ProcessRuntime ours;
    private ProcessRuntime neighbour;

    @BeforeEach
    void make_runtimes() {
        ours = runtime("ours");
        neighbour = runtime("neighbour");
    }

    private ProcessRuntime runtime(String name) {
        return new ProcessRuntime(new ProcessRuntimeSettings(folder.resolve(name)));
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
        return null;
    }

    @Override
    protected void assertNothingLeftOf(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("ours"))) {
            assertThat(files).extracting(file -> file.getFileName().toString()).containsOnly(".run.sh");
        }
    }

    @Test
    void another_process_finds_the_run_again() throws Exception {
        String name = start(request("echo before; sleep 0.5; echo after"));

        ProcessRuntime later = runtime("ours");

        assertThat(later.status(name)).isInstanceOf(RunStatus.Running.class);
        assertThat(later.awaitEnd(name, PATIENCE)).isInstanceOf(RunStatus.Ended.class);
        assertThat(output(name).text(Channel.STDOUT)).isEqualTo("before\nafter\n");
    }

    @Test
    void the_keeper_has_a_session_of_its_own_and_so_has_the_program() throws Exception {
        String name = start(request("echo $$; exec sleep 300"));
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> !output(name).text(Channel.STDOUT).isEmpty());
        long keeper = keeper(name).pid();
        String program = output(name).text(Channel.STDOUT).strip();

        assertThat(session(Long.toString(keeper))).isEqualTo(Long.toString(keeper));
        assertThat(session(program)).isEqualTo(program);
    }

    @Test
    void a_run_that_outlives_its_lifetime_is_ended_with_its_children() throws Exception {
        String name = start(request("sleep 300 & sleep 300").lifetime(Duration.ofSeconds(1)));

        RunStatus.Ended ended = ended(name);

        assertThat(ended.exitCode()).isEqualTo(137);
        assertThat(Duration.between(ended.startedAt(), ended.endedAt()))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(10));
    }

    @Test
    void a_run_whose_keeper_is_gone_has_ended_and_its_program_with_it() throws Exception {
        String name = start(request("echo $$; exec sleep 300"));
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> !output(name).text(Channel.STDOUT).isEmpty());
        long program = Long.parseLong(output(name).text(Channel.STDOUT).strip());
        ProcessHandle.of(keeper(name).pid()).orElseThrow().destroyForcibly();

        RunStatus.Ended ended = ended(name);

        assertThat(ended.exitCode()).isEqualTo(137);
        assertThat(ours.status(name)).isEqualTo(ended);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() ->
                        ProcessHandle.of(program).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void a_number_that_now_belongs_to_another_process_is_not_taken_for_the_run() throws Exception {
        String name = start(request("true"));
        ended(name);
        Path run = folder.resolve("ours").resolve(name);
        Files.delete(run.resolve("ended"));
        Process innocent = new ProcessBuilder("sleep", "300").start();
        try {
            String other = innocent.pid() + " another-boot:1";
            Files.writeString(run.resolve("started"), other);
            Files.writeString(run.resolve("program"), other);

            assertThat(ended(name).exitCode()).isEqualTo(137);
            ours.remove(name);
            assertThat(innocent.isAlive()).isTrue();
        } finally {
            innocent.destroyForcibly();
        }
    }

    @Test
    void a_start_that_was_killed_before_the_program_is_finished_by_the_next() throws Exception {
        Request request = request("cat").with("{\"n\":1}");
        new RunFolder(folder.resolve("ours").resolve(request.name())).make(request.build());
        assertThat(ours.status(request.name())).isInstanceOf(RunStatus.Created.class);

        start(request);

        assertThat(ended(request.name()).exitCode()).isZero();
        assertThat(output(request.name()).text(Channel.STDOUT)).isEqualTo("{\"n\":1}");
    }

    @Test
    void a_stop_before_the_program_has_begun_is_kept() throws Exception {
        Request request = request("exec sleep 300");
        new RunFolder(folder.resolve("ours").resolve(request.name())).make(request.build());
        ours.stop(request.name());

        start(request);

        assertThat(ended(request.name()).exitCode()).isEqualTo(137);
    }

    @Test
    void a_child_that_left_the_group_does_not_keep_the_run_from_ending() throws Exception {
        String name = start(request("setsid sleep 20 & echo parent"));

        assertThat(ended(name).exitCode()).isZero();
        assertThat(output(name).text(Channel.STDOUT)).isEqualTo("parent\n");
    }

    @Test
    void variables_of_the_keepers_own_tools_reach_the_program_untouched() throws Exception {
        String name = start(
                new Request(null).command("/bin/sh", "-c", "echo $PATH").with(Map.of("PATH", "/nowhere", "IFS", "x")));

        assertThat(ended(name).exitCode()).isZero();
        assertThat(output(name).text(Channel.STDOUT)).isEqualTo("/nowhere\n");
    }

    @Test
    void what_cannot_be_run_is_refused_with_the_reason() {
        assertThatThrownBy(() -> start(request("true").image("some:1", PullPolicy.MISSING)))
                .isInstanceOf(RunRejectedException.class)
                .hasMessageContaining("image");
        assertThatThrownBy(() -> start(new Request(null)))
                .isInstanceOf(RunRejectedException.class)
                .hasMessageContaining("command");
        assertThat(ours.runs()).isEmpty();
        assertThat(ours.status("../ours")).isInstanceOf(RunStatus.Missing.class);
    }

    private ProcessBirth keeper(String name) {
        return new RunFolder(folder.resolve("ours").resolve(name)).keeper().orElseThrow();
    }

    private static String session(String pid) throws IOException {
        return Shell.output(List.of("ps", "-o", "sess=", "-p", pid));
    }
}
