package dev.lightning.providers.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.providers.runtime.OutputReader.Channel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every runtime keeps to; each adapter's test runs it against the real thing. */
public abstract class ToolRuntimeContract {
    protected static final Duration PATIENCE = Duration.ofSeconds(60);
    protected static final int MEGABYTE = 1024 * 1024;

    @TempDir
    protected Path temporary;

    private final List<String> started = new ArrayList<>();

    protected abstract ToolRuntime runtime();

    /** A runtime of another instance beside ours. */
    protected abstract ToolRuntime neighbour();

    /** What runtimes with images take; null for those without. */
    protected abstract String image();

    /** Whether runs have a network of their own accord; the usual ones have none. */
    protected boolean hasNetwork() {
        return false;
    }

    @AfterEach
    void remove_what_was_started() {
        started.forEach(runtime()::remove);
        started.forEach(this::remove);
    }

    @Test
    void tells_the_exit_code_and_when_it_was() throws Exception {
        Instant before = Instant.now().minusSeconds(2);

        RunStatus.Ended ended = ended(run("exit 7"));

        assertThat(ended.exitCode()).isEqualTo(7);
        assertThat(ended.startedAt()).isBetween(before, Instant.now().plusSeconds(1));
        assertThat(ended.endedAt()).isBetween(ended.startedAt(), Instant.now().plusSeconds(1));
        assertThat(ended.outOfMemory()).isFalse();
    }

    @Test
    void gives_the_input_on_standard_input_and_in_the_environment() throws Exception {
        String input = "{\"text\":\"Grüße $HOME `x` 'y' \\\"z\\\"\"}";

        String name = start(request("cat; echo; printf %s \"$LIGHTNING_EVENT\"").with(input));

        ended(name);
        assertThat(output(name).text(Channel.STDOUT)).isEqualTo(input + "\n" + input);
    }

    @Test
    void gives_input_that_no_variable_can_hold_on_standard_input_only() throws Exception {
        String input = "x".repeat(300_000);

        String name = start(request("wc -c; echo \"${LIGHTNING_EVENT-absent}\"").with(input));

        ended(name);
        assertThat(output(name).text(Channel.STDOUT).strip().split("\\s+")).containsExactly("300000", "absent");
    }

    @Test
    void gives_the_environment_that_was_asked_for_and_none_of_its_own() throws Exception {
        String name = start(request("env").with(Map.of("GREETING", "hello \"world\" $HOME", "EMPTY", "")));

        ended(name);
        List<String> lines = output(name).text(Channel.STDOUT).lines().toList();
        assertThat(lines).contains("GREETING=hello \"world\" $HOME", "EMPTY=");
        assertThat(lines).noneMatch(line -> line.startsWith("JAVA_HOME") || line.startsWith("SURE_CANARY"));
        assertThat(lines).filteredOn(line -> line.startsWith("PATH=")).hasSize(1);
        assertThat(lines).filteredOn(line -> line.startsWith("HOME=")).hasSize(1);
    }

    @Test
    void refuses_a_variable_whose_name_is_none() {
        assertThatThrownBy(() -> start(request("true").with(Map.of("A=B", "c"))))
                .isInstanceOf(RunRejectedException.class);
    }

    @Test
    void keeps_the_channels_apart_and_each_in_order() throws Exception {
        String name = start(request("for i in 1 2 3; do echo out$i; echo err$i >&2; done; printf end"));

        ended(name);
        Output output = output(name);
        assertThat(output.text(Channel.STDOUT)).isEqualTo("out1\nout2\nout3\nend");
        assertThat(output.text(Channel.STDERR)).isEqualTo("err1\nerr2\nerr3\n");
    }

    @Test
    void shows_output_while_the_program_runs() throws Exception {
        String name = start(request("echo early; exec sleep 300"));

        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> output(name).text(Channel.STDOUT).equals("early\n"));
        assertThat(runtime().status(name)).isInstanceOf(RunStatus.Running.class);
    }

    @Test
    void stops_reading_when_the_reader_has_enough() throws Exception {
        String name = start(request("yes 0123456789 | head -n 100000"));
        ended(name);
        AtomicLong pieces = new AtomicLong();

        runtime().output(name, (channel, piece) -> pieces.incrementAndGet() < 3);

        assertThat(pieces).hasValue(3);
    }

    @Test
    void tells_what_the_reader_throws() throws Exception {
        String name = run("echo hello");
        ended(name);

        assertThatThrownBy(() -> runtime().output(name, (channel, piece) -> {
                    throw new IOException("full");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("full");
    }

    @Test
    void follows_output_as_it_is_written_until_the_end() throws Exception {
        String name = start(request("echo one; echo two >&2; sleep 1; printf thr; sleep 1; printf ee; exec sleep 300"));
        Following following = follow(name, OutputPosition.START);

        following.awaits(Channel.STDOUT, "one\n");
        following.awaits(Channel.STDERR, "two\n");
        following.awaits(Channel.STDOUT, "one\nthr");
        following.awaits(Channel.STDOUT, "one\nthree");
        assertThat(runtime().status(name)).isInstanceOf(RunStatus.Running.class);
        runtime().stop(name);

        assertThat(following.result()).isInstanceOf(RunStatus.Ended.class);
        assertThat(following.text(Channel.STDOUT)).isEqualTo("one\nthree");
        assertThat(following.text(Channel.STDERR)).isEqualTo("two\n");
    }

    @Test
    void follows_from_a_position_of_each_channel() throws Exception {
        String name = run("echo 12345; echo abcde >&2; printf 678; printf fgh >&2");
        ended(name);

        Following rest = follow(name, new OutputPosition(7, 4));
        Following one = follow(name, new OutputPosition(0, OutputPosition.ALL));
        Following none = follow(name, new OutputPosition(9, 9));

        assertThat(rest.result()).isInstanceOf(RunStatus.Ended.class);
        assertThat(rest.text(Channel.STDOUT) + "|" + rest.text(Channel.STDERR)).isEqualTo("78|e\nfgh");
        assertThat(one.result()).isInstanceOf(RunStatus.Ended.class);
        assertThat(one.text(Channel.STDOUT) + "|" + one.text(Channel.STDERR)).isEqualTo("12345\n678|");
        assertThat(none.result()).isInstanceOf(RunStatus.Ended.class);
        assertThat(none.text(Channel.STDOUT) + none.text(Channel.STDERR)).isEmpty();
    }

    @Test
    void goes_on_from_a_position_of_a_run_that_goes_on() throws Exception {
        String name = run("i=0; while [ $i -lt 20 ]; do i=$((i+1)); echo line-$i; sleep 0.1; done");
        Following first = follow(name, OutputPosition.START);
        first.awaits(Channel.STDOUT, "line-1\nline-2\nline-3\n");
        first.interrupt();
        String before = first.text(Channel.STDOUT);

        Following second = follow(name, new OutputPosition(before.length(), 0));

        assertThat(second.result()).isInstanceOf(RunStatus.Ended.class);
        assertThat((before + second.text(Channel.STDOUT)).lines())
                .hasSize(20)
                .startsWith("line-1", "line-2")
                .endsWith("line-20")
                .doesNotHaveDuplicates();
    }

    @Test
    void misses_nothing_of_runs_that_end_while_they_begin_to_be_followed() throws Exception {
        for (int pause = 0; pause < 10; pause += 2) {
            String name = run("echo one; sleep 0." + pause + "; echo two");

            Following following = follow(name, OutputPosition.START);

            assertThat(following.result()).isInstanceOf(RunStatus.Ended.class);
            assertThat(following.text(Channel.STDOUT)).isEqualTo("one\ntwo\n");
        }
    }

    @Test
    void stops_following_when_the_reader_has_enough_or_fails_or_is_interrupted() throws Exception {
        String name = start(request("echo one; exec sleep 300"));
        String silent = start(request("exec sleep 300"));

        assertThat(runtime().follow(name, OutputPosition.START, (channel, piece) -> false))
                .isInstanceOf(RunStatus.Running.class);
        assertThatThrownBy(() -> runtime().follow(name, OutputPosition.START, (channel, piece) -> {
                    throw new IOException("full");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("full");
        for (String each : List.of(name, silent)) {
            Following following = follow(each, OutputPosition.START);
            if (each.equals(name)) {
                following.awaits(Channel.STDOUT, "one\n");
            }
            following.interrupt();
            assertThat(following.failure()).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void follows_no_run_that_is_not_there_and_ends_when_it_is_removed() throws Exception {
        Following missing = follow("not-there-" + UUID.randomUUID(), OutputPosition.START);
        assertThat(missing.result()).isInstanceOf(RunStatus.Missing.class);

        String name = start(request("echo one; exec sleep 300"));
        Following following = follow(name, OutputPosition.START);
        following.awaits(Channel.STDOUT, "one\n");
        remove(name);

        assertThat(following.result()).isInstanceOfAny(RunStatus.Missing.class, RunStatus.Ended.class);
    }

    @Test
    void a_reader_who_is_slower_than_the_program_holds_nothing_in_memory_and_misses_nothing() throws Exception {
        String name = start(request("yes 0123456789012345678901234567890123456789 | head -c 20971520; echo end")
                .output(256L * MEGABYTE));
        AtomicLong bytes = new AtomicLong();
        AtomicLong most = new AtomicLong();
        AtomicLong looked = new AtomicLong();
        System.gc();
        long before = heap();

        RunStatus status = runtime().follow(name, OutputPosition.START, (channel, piece) -> {
            long mebibytes = bytes.addAndGet(piece.length) >> 20;
            if (mebibytes % 5 == 0 && looked.getAndSet(mebibytes) != mebibytes) {
                System.gc();
                most.accumulateAndGet(heap() - before, Math::max);
            }
            return true;
        });

        assertThat(status).isInstanceOf(RunStatus.Ended.class);
        assertThat(bytes).hasValue(20L * MEGABYTE + 4);
        assertThat(most.get()).isLessThan(10L * MEGABYTE);
    }

    @Test
    void hands_over_the_files_of_the_output_directory_in_order() throws Exception {
        String name = start(request(
                "cd \"$LIGHTNING_OUTPUT\" && mkdir -p b/c && printf 1 >b/c/one && printf 22 >a && printf 333 >'z z'"));

        assertThat(ended(name).exitCode()).isZero();
        assertThat(files(name, MEGABYTE))
                .containsExactly(Map.entry("a", "22"), Map.entry("b/c/one", "1"), Map.entry("z z", "333"));
        assertThat(files(name, 3)).containsOnlyKeys("a", "b/c/one");
    }

    @Test
    void hands_over_every_file_that_fits_and_says_how_many_do_not() throws Exception {
        String name = start(request("cd \"$LIGHTNING_OUTPUT\" && head -c 3000000 /dev/zero >big"
                        + " && printf 1 >small && head -c 2000000 /dev/zero >wide && printf 333 >zz")
                .output(MEGABYTE));

        assertThat(ended(name).exitCode()).isZero();
        Left left = left(name, MEGABYTE);
        assertThat(left.files()).containsExactly(Map.entry("small", "1"), Map.entry("zz", "333"));
        assertThat(left.out()).hasValue(2);
    }

    @Test
    void a_file_with_two_names_is_handed_over_once() throws Exception {
        String name = start(
                request("cd \"$LIGHTNING_OUTPUT\" && echo c >h1 && mkdir d && ln h1 d/h0 && ln h1 h2 && echo c >h3"));

        assertThat(ended(name).exitCode()).isZero();
        Left left = left(name, MEGABYTE);
        assertThat(left.files()).containsExactly(Map.entry("d/h0", "c\n"), Map.entry("h3", "c\n"));
        assertThat(left.out()).hasValue(0);
    }

    @Test
    void hands_over_no_file_from_anywhere_else() throws Exception {
        String name =
                start(request("cd \"$LIGHTNING_OUTPUT\" && echo mine >mine && ln -s /etc/hosts hosts && ln -s /etc etc"
                        + " && ln -s ../.. up && mkfifo pipe && echo secret >../secret && ln -s ../secret down"));

        assertThat(ended(name).exitCode()).isZero();
        assertThat(files(name, MEGABYTE)).containsOnlyKeys("mine");
    }

    @Test
    void hands_over_no_file_through_an_output_directory_that_is_a_link() throws Exception {
        String name = start(request("rm -rf \"$LIGHTNING_OUTPUT\" && ln -s /etc \"$LIGHTNING_OUTPUT\""));

        assertThat(ended(name).exitCode()).isZero();
        assertThat(files(name, 64L * MEGABYTE)).isEmpty();
    }

    @Test
    void a_program_starts_in_a_copy_of_its_workspace() throws Exception {
        Path workspace = workspace();

        String name = start(
                request("cat README src/a*; ./run.sh; readlink hosts; readlink up; touch new src/new; mv README gone"
                                + " && ls -a; cd \"$LIGHTNING_OUTPUT\" && touch kept")
                        .workspace(workspace));

        assertThat(ended(name).exitCode()).isZero();
        assertThat(output(name).text(Channel.STDOUT).lines())
                .containsExactly(
                        "hello",
                        "deep",
                        "ran",
                        "/etc/hosts",
                        "../..",
                        ".",
                        "..",
                        ".hidden",
                        "gone",
                        "hosts",
                        "new",
                        "run.sh",
                        "src",
                        "up");
        assertThat(files(name, MEGABYTE)).containsOnlyKeys("kept");
        assertThat(workspace.resolve("README")).hasContent("hello");
        assertThat(workspace.resolveSibling("beside")).exists();
        try (Stream<Path> beside = Files.list(temporary)) {
            assertThat(beside).hasSize(2);
        }
    }

    @Test
    void a_second_start_leaves_a_workspace_as_its_program_has_it() throws Exception {
        Request request = request("rm README; exec sleep 300").workspace(workspace());
        String name = start(request);
        Awaitility.await().atMost(PATIENCE).until(() -> runtime().status(name) instanceof RunStatus.Running);

        start(request);

        assertThat(runtime().status(name)).isInstanceOf(RunStatus.Running.class);
    }

    /** A workspace with all that a checkout may have. */
    protected final Path workspace() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("workspace"));
        Files.writeString(temporary.resolve("beside"), "not yours");
        Files.writeString(folder.resolve("README"), "hello\n");
        Files.writeString(folder.resolve(".hidden"), "");
        Files.createDirectories(folder.resolve("src"));
        Files.writeString(folder.resolve("src").resolve("a-" + "long".repeat(40) + "-ü"), "deep\n");
        Files.writeString(folder.resolve("run.sh"), "#!/bin/sh\necho ran\n");
        Files.setPosixFilePermissions(folder.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-x---"));
        Files.createSymbolicLink(folder.resolve("hosts"), Path.of("/etc/hosts"));
        Files.createSymbolicLink(folder.resolve("up"), Path.of("../.."));
        return folder;
    }

    @Test
    void a_second_start_adopts_what_runs() throws Exception {
        Request request = request("echo once; exec sleep 300");
        String name = start(request);
        RunStatus first = begun(name);

        start(request);

        assertThat(runtime().status(name)).isEqualTo(first).isInstanceOf(RunStatus.Running.class);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> output(name).text(Channel.STDOUT).equals("once\n"));
    }

    @Test
    void a_second_start_leaves_what_has_ended() throws Exception {
        Request request = request("echo once");
        String name = start(request);
        RunStatus first = ended(name);

        start(request);

        assertThat(runtime().status(name)).isEqualTo(first);
        assertThat(output(name).text(Channel.STDOUT)).isEqualTo("once\n");
    }

    @Test
    void many_starts_at_once_make_one_run() throws Exception {
        Request request = request("echo once");
        List<Thread> threads = new ArrayList<>();
        List<Exception> failures = Collections.synchronizedList(new ArrayList<>());
        AtomicLong tryAgainLater = new AtomicLong();
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    runtime().start(request.build());
                } catch (RuntimeUnavailableException e) {
                    tryAgainLater.incrementAndGet();
                } catch (InterruptedException | RuntimeException e) {
                    failures.add(e);
                }
            }));
        }
        started.add(request.name());
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(failures).isEmpty();
        assertThat(tryAgainLater.get()).isLessThan(threads.size());
        assertThat(ended(request.name()).exitCode()).isZero();
        assertThat(output(request.name()).text(Channel.STDOUT)).isEqualTo("once\n");
    }

    @Test
    void stop_ends_the_program_with_its_grandchildren_and_keeps_the_output() throws Exception {
        String name = start(request("sh -c 'while :; do echo alive; sleep 0.1; done' & echo parent; wait"));
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> output(name).text(Channel.STDOUT).contains("alive"));

        runtime().stop(name);

        RunStatus.Ended ended = ended(name);
        assertThat(ended.exitCode()).isEqualTo(137);
        long written = output(name).size();
        assertThat(written).isPositive();
        Awaitility.await()
                .during(Duration.ofMillis(500))
                .atMost(PATIENCE)
                .until(() -> output(name).size() == written);
        runtime().stop(name);
        assertThat(runtime().status(name)).isEqualTo(ended);
    }

    @Test
    void the_run_ends_with_its_program_though_a_child_goes_on() throws Exception {
        String name = start(request("sleep 300 & exit 3"));

        assertThat(ended(name).exitCode()).isEqualTo(3);
    }

    @Test
    void remove_leaves_nothing_and_may_be_repeated() throws Exception {
        String name = start(request("echo hello; exec sleep 300"));

        remove(name);
        remove(name);

        assertThat(runtime().status(name)).isInstanceOf(RunStatus.Missing.class);
        assertThat(runtime().runs()).extracting(KnownRun::name).doesNotContain(name);
        assertNothingLeftOf(name);
    }

    /** Looks past the port for what a removal must have taken away. */
    protected abstract void assertNothingLeftOf(String name) throws Exception;

    @Test
    void waits_no_longer_than_it_was_told() throws Exception {
        String name = start(request("exec sleep 300"));
        begun(name);
        long before = System.nanoTime();

        RunStatus status = runtime().awaitEnd(name, Duration.ofMillis(300));

        assertThat(status).isInstanceOf(RunStatus.Running.class);
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isBetween(Duration.ofMillis(290), Duration.ofSeconds(5));
    }

    @Test
    void a_run_that_is_not_there_is_missing_and_no_error() throws Exception {
        String name = "not-there-" + UUID.randomUUID();

        assertThat(runtime().status(name)).isInstanceOf(RunStatus.Missing.class);
        assertThat(runtime().awaitEnd(name, PATIENCE)).isInstanceOf(RunStatus.Missing.class);
        runtime().stop(name);
        runtime().remove(name);
        assertThat(output(name).size()).isZero();
        assertThat(files(name, MEGABYTE)).isEmpty();
    }

    @Test
    void lists_our_runs_whether_they_run_or_not_and_nobody_elses() throws Exception {
        Instant before = Instant.now().minusSeconds(2);
        Request running = request("exec sleep 300");
        start(running);
        String over = run("true");
        ended(over);

        assertThat(runtime().runs()).extracting(KnownRun::name).contains(running.name(), over);
        assertThat(runtime().runs())
                .filteredOn(run -> run.name().equals(running.name()))
                .singleElement()
                .satisfies(run -> {
                    assertThat(run.workflowId()).isEqualTo("tool-run/" + running.name());
                    assertThat(run.createdAt()).isBetween(before, Instant.now().plusSeconds(1));
                });
        assertThat(neighbour().runs()).extracting(KnownRun::name).doesNotContain(running.name(), over);
    }

    @Test
    void a_neighbour_can_neither_stop_nor_remove_our_run() throws Exception {
        String name = start(request("exec sleep 300"));
        begun(name);

        neighbour().stop(name);
        assertThat(neighbour().remove(name)).isEmpty();

        assertThat(neighbour().status(name)).isInstanceOf(RunStatus.Missing.class);
        assertThat(runtime().status(name)).isInstanceOf(RunStatus.Running.class);
    }

    @Test
    void a_program_that_is_not_there_is_a_result() throws Exception {
        Request request = request("").command("/no/such/program");

        assertThat(ended(start(request)).exitCode()).isEqualTo(127);
    }

    @Test
    void a_hundred_megabytes_of_output_pass_through_without_being_held() throws Exception {
        String name = start(request("yes 0123456789012345678901234567890123456789 | head -c 104857600")
                .output(256L * MEGABYTE));
        ended(name);
        AtomicLong bytes = new AtomicLong();
        AtomicLong most = new AtomicLong();
        AtomicLong looked = new AtomicLong();
        System.gc();
        long before = heap();

        runtime().output(name, (channel, piece) -> {
            long mebibytes = bytes.addAndGet(piece.length) >> 20;
            if (mebibytes % 10 == 0 && looked.getAndSet(mebibytes) != mebibytes) {
                System.gc();
                most.accumulateAndGet(heap() - before, Math::max);
            }
            return true;
        });

        assertThat(bytes).hasValue(100L * MEGABYTE);
        assertThat(most.get()).isLessThan(16L * MEGABYTE);
    }

    @Test
    void output_above_its_limit_is_dropped_but_not_its_end() throws Exception {
        String name = start(request("echo first; yes 0123456789 | head -c 20000000; echo; echo '{\"last\":true}';"
                        + " echo done >&2")
                .output(MEGABYTE));

        assertThat(ended(name).exitCode()).isZero();
        Output output = output(name);
        assertThat(output.size()).isLessThan(9L * MEGABYTE);
        assertThat(output.text(Channel.STDOUT)).endsWith("{\"last\":true}\n");
        assertThat(output.text(Channel.STDERR)).endsWith("done\n");
        assertMarked(output.stdout().toByteArray(), MEGABYTE, 20_000_000L + 6 + 1 + 14);
    }

    /** Either the beginning, a mark with the number of bytes that are missing, and the end; or a mark, and the end. */
    private static void assertMarked(byte[] output, int limit, long written) {
        if (OutputMarks.beginsLate(output)) {
            return;
        }
        assertThat(new String(output, 0, 6, UTF_8)).isEqualTo("first\n");
        long leftOut = OutputMarks.leftOut(Arrays.copyOfRange(output, limit, output.length))
                .orElseThrow();
        int mark = OutputMarks.between(leftOut).length;
        assertThat(output.length - limit - mark).isEqualTo(OutputMarks.END);
        assertThat(limit + leftOut + OutputMarks.END).isEqualTo(written);
    }

    @Test
    void output_just_above_its_limit_is_whole() throws Exception {
        String name = start(request("head -c 1048576 /dev/zero | tr '\\0' a; echo; echo FINAL >&2; echo FINAL; exit 9")
                .output(MEGABYTE));

        assertThat(ended(name).exitCode()).isEqualTo(9);
        assertThat(output(name).text(Channel.STDOUT)).isEqualTo("a".repeat(MEGABYTE) + "\nFINAL\n");
        assertThat(output(name).text(Channel.STDERR)).isEqualTo("FINAL\n");
    }

    private static long heap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    protected final Request request(String script) {
        Request request = new Request(image()).command("sh", "-c", script);
        return hasNetwork() ? request.network() : request;
    }

    protected final String run(String script) throws InterruptedException {
        return start(request(script));
    }

    protected final String start(Request request) throws InterruptedException {
        started.add(request.name());
        runtime().start(request.build());
        return request.name();
    }

    /** How the run stands once what it runs on is there, for which nobody waits who has it at once. */
    protected final RunStatus begun(String name) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> runtime().status(name), status -> !(status instanceof RunStatus.Provisioning));
    }

    /** Removes it, and asks again as long as the runtime says so. */
    protected final void remove(String name) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .until(() -> runtime().remove(name).isEmpty());
    }

    protected final RunStatus.Ended ended(String name) throws InterruptedException {
        RunStatus status = runtime().awaitEnd(name, PATIENCE);
        assertThat(status).isInstanceOf(RunStatus.Ended.class);
        return (RunStatus.Ended) status;
    }

    protected final Output output(String name) throws IOException, InterruptedException {
        Output output = new Output(new ByteArrayOutputStream(), new ByteArrayOutputStream());
        runtime().output(name, output::take);
        return output;
    }

    protected final Following follow(String name, OutputPosition from) {
        return new Following(name, from);
    }

    /** Somebody who follows a run on a thread of their own. */
    protected final class Following {
        private final Output output = new Output(new ByteArrayOutputStream(), new ByteArrayOutputStream());
        private final CompletableFuture<RunStatus> end = new CompletableFuture<>();
        private final Thread thread;

        private Following(String name, OutputPosition from) {
            thread = Thread.ofVirtual().start(() -> {
                try {
                    end.complete(runtime().follow(name, from, (channel, piece) -> {
                        synchronized (output) {
                            return output.take(channel, piece);
                        }
                    }));
                } catch (Throwable failure) {
                    end.completeExceptionally(failure);
                }
            });
        }

        public void interrupt() throws InterruptedException {
            thread.interrupt();
            assertThat(thread.join(Duration.ofSeconds(5))).isTrue();
        }

        public void awaits(Channel channel, String beginning) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> text(channel).startsWith(beginning));
        }

        public String text(Channel channel) {
            synchronized (output) {
                return output.text(channel);
            }
        }

        public RunStatus result() throws Exception {
            return end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        public Throwable failure() throws InterruptedException {
            try {
                return new AssertionError("came to " + end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            } catch (ExecutionException | TimeoutException failure) {
                return failure.getCause();
            }
        }
    }

    protected final Map<String, String> files(String name, long maxBytes) throws IOException {
        return left(name, maxBytes).files();
    }

    private Left left(String name, long maxBytes) throws IOException {
        Left left = new Left(new LinkedHashMap<>(), new AtomicLong());
        runtime().files(name, maxBytes, left);
        return left;
    }

    /** What a run left, and how many files were not handed over. */
    private record Left(Map<String, String> files, AtomicLong out) implements FileReader {
        @Override
        public void take(String path, long bytes, InputStream content) throws IOException {
            byte[] all = content.readAllBytes();
            assertThat(all).hasSize((int) bytes);
            files.put(path, new String(all, UTF_8));
        }

        @Override
        public void leaveOut(int count) {
            out.addAndGet(count);
        }
    }

    /** What was read from a run. */
    protected record Output(ByteArrayOutputStream stdout, ByteArrayOutputStream stderr) {
        boolean take(Channel channel, byte[] piece) throws IOException {
            (channel == Channel.STDOUT ? stdout : stderr).write(piece);
            return true;
        }

        public String text(Channel channel) {
            return (channel == Channel.STDOUT ? stdout : stderr).toString(UTF_8);
        }

        long size() {
            return stdout.size() + stderr.size();
        }
    }

    /** A request that says only what a test is about. */
    protected static final class Request {
        private final String name = "test-" + UUID.randomUUID();
        private String image;
        private PullPolicy pull = PullPolicy.NEVER;
        private List<String> command = List.of();
        private Map<String, String> env = Map.of();
        private String input = "{}";
        private RunLimits limits = new RunLimits(128L * MEGABYTE, 1, 64, 8L * MEGABYTE, Duration.ofMinutes(10));
        private boolean network;
        private Path workspace;

        public Request(String image) {
            this.image = image;
        }

        public String name() {
            return name;
        }

        public Request image(String other, PullPolicy when) {
            image = other;
            pull = when;
            return this;
        }

        public Request command(String... words) {
            command = List.of(words);
            return this;
        }

        public Request with(Map<String, String> variables) {
            env = variables;
            return this;
        }

        public Request with(String event) {
            input = event;
            return this;
        }

        public Request memory(long bytes) {
            limits = new RunLimits(bytes, limits.cpus(), limits.pids(), limits.outputBytes(), limits.lifetime());
            return this;
        }

        public Request pids(int most) {
            limits = new RunLimits(limits.memoryBytes(), limits.cpus(), most, limits.outputBytes(), limits.lifetime());
            return this;
        }

        public Request output(long bytes) {
            limits = new RunLimits(limits.memoryBytes(), limits.cpus(), limits.pids(), bytes, limits.lifetime());
            return this;
        }

        public Request lifetime(Duration lifetime) {
            limits = new RunLimits(limits.memoryBytes(), limits.cpus(), limits.pids(), limits.outputBytes(), lifetime);
            return this;
        }

        public Request network() {
            network = true;
            return this;
        }

        public Request workspace(Path folder) {
            workspace = folder;
            return this;
        }

        public RunRequest build() {
            return new RunRequest(
                    name,
                    new RunLabels("tool-run/" + name, "a-tool", "alice"),
                    0,
                    image,
                    pull,
                    command,
                    env,
                    input,
                    limits,
                    network,
                    RunMachine.USUAL,
                    workspace);
        }
    }
}
