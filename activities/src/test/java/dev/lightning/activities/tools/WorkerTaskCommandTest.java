package dev.lightning.activities.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The script in the shells that images have. */
class WorkerTaskCommandTest {
    @TempDir
    private Path folder;

    static Stream<List<String>> shells() {
        return Stream.of(
                        List.of("/bin/sh"),
                        List.of("/bin/dash"),
                        List.of("/bin/bash"),
                        List.of("/bin/busybox", "sh"),
                        List.of("/usr/bin/busybox", "sh"))
                .filter(shell -> Files.isExecutable(Path.of(shell.getFirst())));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void commands_run_in_order_up_to_the_first_that_fails(List<String> shell) throws Exception {
        Said said =
                run(shell, "printf one >a", "sleep 0.2; cat a; echo \"it's\" >&2", "-x 2>/dev/null; exit 7", "touch b");

        assertThat(said.exitCode()).isEqualTo(7);
        assertThat(said.stdout()).startsWith("one\n");
        assertThat(said.stderr().lines())
                .containsExactly(
                        "$ printf one >a", "$ sleep 0.2; cat a; echo \"it's\" >&2", "it's", "$ -x 2>/dev/null; exit 7");
        assertThat(folder.resolve("b")).doesNotExist();
        List<?> commands = (List<?>) said.data().get("commands");
        assertThat(commands)
                .extracting(command -> ((Map<?, ?>) command).get("exitCode"))
                .isEqualTo(List.of(0, 0, 7));
        assertThat((Integer) ((Map<?, ?>) commands.get(1)).get("durationMs")).isBetween(190, 60_000);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void a_command_gets_neither_the_input_nor_the_variables_of_the_script(List<String> shell) throws Exception {
        Said said = run(shell, "cat; echo \"[$results$code$now]\"", "export A=1; cd /", "echo \"[$A]\"; [ -e input ]");

        assertThat(said.exitCode()).isZero();
        assertThat(said.stdout().lines()).startsWith("[]", "[]");
    }

    private Said run(List<String> shell, String... commands) throws Exception {
        List<String> words = new ArrayList<>(shell);
        List<String> whole = WorkerTaskCommand.of(List.of(commands));
        words.addAll(whole.subList(1, whole.size()));
        Path input = Files.writeString(folder.resolve("input"), "the event");
        Path out = folder.resolve("stdout");
        Path err = folder.resolve("stderr");
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectInput(input.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        int exitCode = process.waitFor();
        LastObject last = new LastObject();
        last.take(Files.readAllBytes(out));
        return new Said(
                exitCode,
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8),
                last.found().orElseThrow());
    }

    private record Said(int exitCode, String stdout, String stderr, Map<String, @Nullable Object> data) {}
}
