package dev.lightning.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's parts that decide something. */
class ScriptsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private record Ended(int code, String output) {}

    @Test
    void the_command_without_an_argument_lists_what_it_can_do() throws Exception {
        Ended ended = bash("'" + ROOT + "/lightning'", Map.of());

        assertThat(ended.code()).isZero();
        assertThat(ended.output()).contains("up", "doctor", "test", "record", "fmt");
    }

    @Test
    void an_unknown_command_fails() throws Exception {
        assertThat(bash("'" + ROOT + "/lightning' fly", Map.of()).code()).isEqualTo(1);
    }

    @Test
    void the_count_adds_up_every_report_and_says_it_in_its_last_line() throws Exception {
        report("a/target/surefire-reports/TEST-A.xml", "tests=\"5\" errors=\"0\" skipped=\"1\" failures=\"0\"");
        report("b/target/surefire-reports/TEST-B.xml", "tests=\"3\" errors=\"0\" skipped=\"0\" failures=\"0\"");

        assertThat(count()).isEqualTo(new Ended(0, "7 passed, 0 failed, 1 skipped\n"));
    }

    @Test
    void a_failure_or_an_error_makes_the_count_fail() throws Exception {
        report("a/target/surefire-reports/TEST-A.xml", "tests=\"5\" errors=\"1\" skipped=\"1\" failures=\"1\"");

        assertThat(count()).isEqualTo(new Ended(1, "2 passed, 2 failed, 1 skipped\n"));
    }

    @Test
    void no_test_at_all_is_a_failure() throws Exception {
        assertThat(count()).isEqualTo(new Ended(1, "0 passed, 0 failed, 0 skipped\n"));
    }

    @Test
    void the_env_file_is_read_as_text_and_the_environment_wins() throws Exception {
        Path env = Files.writeString(folder.resolve(".env"), """
                # a comment
                PLAIN=one two
                QUOTED="three"
                EVIL=$(touch evil)`id`
                export EXPORTED=four
                TAKEN=from the file
                """);

        Ended ended = bash(
                ". '%s/scripts/lib.sh'; read_env_file '%s'; echo \"$PLAIN|$QUOTED|$EVIL|$EXPORTED|$TAKEN\""
                        .formatted(ROOT, env),
                Map.of("TAKEN", "from the environment"));

        assertThat(ended).isEqualTo(new Ended(0, "one two|three|$(touch evil)`id`|four|from the environment\n"));
        assertThat(folder.resolve("evil")).doesNotExist();
    }

    @Test
    void a_line_of_the_env_file_that_is_no_setting_is_named_without_what_it_says() throws Exception {
        Path env = Files.writeString(folder.resolve(".env"), """
                # a comment

                  # another
                PORT = secret
                PORT
                =secret
                 PORT=secret
                OK=1
                """);

        Ended ended = bash(". '%s/scripts/lib.sh'; read_env_file '%s'; echo \"$OK\"".formatted(ROOT, env), Map.of());

        assertThat(ended.code()).isZero();
        assertThat(ended.output().lines())
                .hasSize(5)
                .endsWith("1")
                .allSatisfy(line -> assertThat(line).doesNotContain("secret"));
        assertThat(ended.output()).contains(env + " line 4 ", env + " line 5 ", env + " line 6 ", env + " line 7 ");
    }

    @Test
    void a_comment_may_follow_a_quoted_value() throws Exception {
        Path env = Files.writeString(folder.resolve(".env"), """
                A='one # two' # it's three
                B="four"\t# "five"
                C='six'\s
                D=seven # eight
                E='it's'
                """);

        Ended ended = bash(
                ". '%s/scripts/lib.sh'; read_env_file '%s'; echo \"$A|$B|$C|$D|$E\"".formatted(ROOT, env), Map.of());

        assertThat(ended).isEqualTo(new Ended(0, "one # two|four|six|seven # eight|it's\n"));
    }

    @Test
    void a_jdk_that_is_named_but_is_none_stops_with_one_line() throws Exception {
        Path right = jdk("right", "25.0.1");

        for (String command : List.of("need_jdk", "find_jdk || explain_jdk")) {
            Ended ended = bash(
                    ". '%s/scripts/lib.sh'; %s".formatted(ROOT, command),
                    Map.of("LIGHTNING_JAVA_HOME", "/nonexistent", "JAVA_HOME", right.toString()));

            assertThat(ended.output().lines())
                    .singleElement()
                    .asString()
                    .contains("LIGHTNING_JAVA_HOME=/nonexistent is not");
        }
        assertThat(bash(
                                ". '%s/scripts/lib.sh'; need_jdk".formatted(ROOT),
                                Map.of("LIGHTNING_JAVA_HOME", "/nonexistent", "JAVA_HOME", right.toString()))
                        .code())
                .isEqualTo(1);
    }

    @Test
    void only_a_jdk_of_25_or_newer_is_taken() throws Exception {
        Path old = jdk("old", "17.0.9");
        Path right = jdk("right", "25.0.1");

        Ended ended = bash(
                "PATH='%s/bin':$PATH; . '%s/scripts/lib.sh'; find_jdk; echo \"$JAVA_HOME\"".formatted(right, ROOT),
                Map.of("JAVA_HOME", old.toString()));

        assertThat(ended).isEqualTo(new Ended(0, right + "\n"));
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        Path compiler = Files.createDirectories(home.resolve("bin")).resolve("javac");
        Files.writeString(compiler, "");
        assertThat(compiler.toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private void report(String name, String attributes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "<?xml version=\"1.0\"?>\n<testsuite name=\"x\" time=\"1.0\" " + attributes + ">\n</testsuite>\n");
    }

    private Ended count() throws Exception {
        return bash("'%s/scripts/count-tests' '%s'".formatted(ROOT, folder), Map.of());
    }

    private Ended bash(String script, Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
