package dev.lightning.providers.runtime.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import dev.lightning.azurestandin.ResourceSummary;
import dev.lightning.azurestandin.faults.Effect;
import dev.lightning.azurestandin.faults.Fault;
import dev.lightning.providers.azure.AzureHttp;
import dev.lightning.providers.runtime.PullPolicy;
import dev.lightning.providers.runtime.RunLabels;
import dev.lightning.providers.runtime.RunLimits;
import dev.lightning.providers.runtime.RunMachine;
import dev.lightning.providers.runtime.RunRequest;
import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Machines that serve their owner again, for real but for the Resource Manager; each test has an instance of its own. */
@Execution(ExecutionMode.CONCURRENT)
class WarmMachinesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final RunMachine AGAIN = new RunMachine(null, false, true);

    private static VmCloud cloud;

    private final String instance = "warm-" + UUID.randomUUID();
    private final VmRuntime vm = cloud.runtime(instance);

    @BeforeAll
    static void start() {
        cloud = new VmCloud();
    }

    @AfterAll
    static void stop() {
        if (cloud != null) {
            cloud.close();
        }
    }

    @Test
    void a_second_run_of_the_same_owner_gets_the_machine_and_sees_nothing_of_the_first() throws Exception {
        RunRequest first = request("alice", """
                (while :; do sleep 4711; done) >/dev/null 2>&1 &
                (trap '' TERM HUP; exec setsid sleep 4712) >/dev/null 2>&1 &
                for each in /tmp /var/tmp /dev/shm /dev/mqueue . ../work "$LIGHTNING_OUTPUT"; do
                    mkdir -p "$each/.canary/deep" && echo left >"$each/.canary/deep/file"
                done
                ln -s /etc/hostname /tmp/canary-link; echo said; exit 3""", Map.of("FIRST_CANARY", "left"));
        assertThat(whole(first).exitCode()).isEqualTo(3);
        Instant before = Instant.now();

        RunRequest second = request("alice", """
                echo "uid $(id -u)"; env | grep -c CANARY
                find / \\( -path /proc -o -path /sys \\) -prune -o -name '*canary*' -print 2>/dev/null
                cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' | grep -o 'sleep 471[12]'
                ls -A . "$LIGHTNING_OUTPUT"; cat /var/lib/lightning/notes/* 2>/dev/null; :""", Map.of());
        vm.start(second);
        RunStatus.Ended ended = ended(second.name());

        assertThat(VmCloud.text(vm, second.name()).lines())
                .containsExactly("uid 10999", "0", ".:", "out", "", "/var/lib/lightning/work/out:");
        assertThat(ended.usage().time()).isBetween(Duration.ZERO, Duration.between(before, Instant.now()));
        assertThat(machines()).hasSize(1);
        removeWhole(second.name());
        assertThat(machines()).hasSize(1);
        assertThat(vm.runs()).isEmpty();
    }

    @Test
    void another_owner_has_another_machine() throws Exception {
        whole(request("alice", "true"));

        whole(request("bob", "true"));

        assertThat(machines()).hasSize(2);
        assertThat(machines())
                .extracting(machine -> machine.tags().get("lightning-owner"))
                .containsExactlyInAnyOrder("alice", "bob");
    }

    @Test
    void two_at_once_have_two_machines() throws Exception {
        whole(request("alice", "true"));
        RunRequest second = request("alice", "sleep 2");
        RunRequest third = request("alice", "sleep 2");

        // Not in the common pool, in which answers of Azure are taken.
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<?> start :
                    List.of(threads.submit(() -> vm.start(second)), threads.submit(() -> vm.start(third)))) {
                start.get();
            }
        }

        ended(second.name());
        ended(third.name());
        assertThat(machines()).hasSize(2);
        removeWhole(second.name());
        removeWhole(third.name());
        assertThat(machines()).hasSize(2);
    }

    @Test
    void when_nobody_comes_in_time_the_machine_goes_with_all_that_belongs_to_it() throws Exception {
        VmRuntime brief = cloud.runtime(instance, Clock.systemUTC(), Duration.ofSeconds(1));
        RunRequest request = request("alice", "true");
        brief.start(request);
        ended(request.name());
        removeWhole(request.name());
        String machine = machines().getFirst().id();

        await(() -> cloud.get(machine + "/instanceView").contains("PowerState/stopped"));

        await(() -> {
            brief.endOverdue();
            return cloud.ofInstance(instance).isEmpty();
        });
    }

    @Test
    void one_that_is_taken_away_while_it_waits_is_given_to_nobody_and_goes() throws Exception {
        whole(request("alice", "true"));
        cloud.azure.evict(machines().getFirst().id());
        RunRequest next = request("alice", "echo fine");

        vm.start(next);

        ended(next.name());
        assertThat(VmCloud.text(vm, next.name())).isEqualTo("fine\n");
        assertThat(machines()).hasSize(2);
        removeWhole(next.name());
        VmRuntime later = cloud.runtime(instance, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(13)));
        await(() -> {
            later.endOverdue();
            return cloud.ofInstance(instance).isEmpty();
        });
    }

    @Test
    void it_goes_on_after_a_reboot_with_its_run_and_with_waiting() throws Exception {
        RunRequest first = request("alice", """
                echo boot; if [ -e ../work/was ]; then echo done; exit 5; fi; touch ../work/was; exec sleep 300""");
        vm.start(first);
        await(() -> VmCloud.text(vm, first.name()).equals("boot\n"));
        String machine = machines().getFirst().id();

        cloud.post(machine + "/restart");

        assertThat(ended(first.name()).exitCode()).isEqualTo(5);
        assertThat(VmCloud.text(vm, first.name())).isEqualTo("boot\nboot\ndone\n");
        removeWhole(first.name());
        cloud.post(machine + "/restart");
        assertThat(whole(request("alice", "ls -A ../work | grep -c was; exit 6"))
                        .exitCode())
                .isEqualTo(6);
        assertThat(machines()).hasSize(1);
    }

    @Test
    void a_start_that_dies_anywhere_is_repeated_and_runs_once() throws Exception {
        whole(request("alice", "true"));
        RunRequest second = request("alice", "echo once");
        AtomicInteger left = new AtomicInteger();
        VmRuntime dying = cloud.runtime(instance, new DyingClock(left));

        int deaths = 0;
        for (boolean dead = true; dead; deaths++) {
            left.set(deaths + 1);
            dead = dies(dying, second);
        }
        vm.start(second);

        assertThat(deaths).isGreaterThan(3);
        assertThat(ended(second.name()).exitCode()).isZero();
        assertThat(VmCloud.text(vm, second.name())).isEqualTo("once\n");
        assertThat(machines()).hasSize(1);
        removeWhole(second.name());
    }

    @Test
    void one_that_is_lost_with_a_run_interrupts_it_and_the_next_attempt_has_a_new_one() throws Exception {
        whole(request("alice", "true"));
        RunRequest second = request("alice", "exec sleep 300");
        vm.start(second);
        cloud.azure.evict(machines().getFirst().id());

        assertThat(vm.status(second.name())).isInstanceOf(RunStatus.Interrupted.class);

        removeWhole(second.name());
        assertThat(cloud.ofInstance(instance)).isEmpty();
        assertThat(vm.status(second.name())).isInstanceOf(RunStatus.Missing.class);
        vm.start(new RunRequest(
                second.name(),
                second.labels(),
                1,
                null,
                second.pull(),
                List.of("true"),
                Map.of(),
                "{}",
                second.limits(),
                true,
                AGAIN,
                null));
        assertThat(ended(second.name()).exitCode()).isZero();
    }

    @Test
    void neither_lost_answers_nor_halves_of_deletions_leave_anything() throws Exception {
        RunRequest request = request("alice", "echo once");
        Place place = Place.all(VmCloud.settings(null), List.of("westeurope"), AGAIN, 0)
                .getFirst();
        String ours =
                MachineKind.of(instance, VmCloud.settings(null), place, request).prefix() + "*";
        cloud.azure
                .faults()
                .add(Fault.on("PUT", VmCloud.MACHINES, new Effect.LostResponse())
                        .named(ours))
                .add(Fault.on("DELETE", VmCloud.MACHINES, new Effect.HalfDeletion())
                        .named(ours));
        assertThatThrownBy(() -> vm.start(request)).isInstanceOf(RuntimeUnavailableException.class);
        vm.start(request);
        ended(request.name());
        assertThat(VmCloud.text(vm, request.name())).isEqualTo("once\n");
        removeWhole(request.name());
        assertThat(machines()).hasSize(1);
        VmRuntime later = cloud.runtime(instance, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(13)));

        assertThatThrownBy(later::endOverdue).isInstanceOf(RuntimeUnavailableException.class);

        assertThat(machines()).isEmpty();
        assertThat(cloud.ofInstance(instance)).hasSize(3);
        await(() -> {
            later.endOverdue();
            return cloud.blobs(instance, Clock.systemUTC()).slots().machines().isEmpty();
        });
        assertThat(cloud.ofInstance(instance)).isEmpty();
    }

    @Test
    void what_another_machine_has_taken_is_not_begun_again() throws Exception {
        RunRequest request = request("alice", "echo twice");
        BlobContainerClient container = new BlobServiceClientBuilder()
                .connectionString(cloud.storage.connection())
                .httpClient(AzureHttp.client())
                .buildClient()
                .getBlobContainerClient(VmCloud.CONTAINER);
        boolean _ = container.createIfNotExists();
        container.getBlobClient(instance + "/" + request.name() + "/carrier").upload(BinaryData.fromString("another"));

        vm.start(request);

        assertThat(vm.awaitEnd(request.name(), PATIENCE)).isInstanceOf(RunStatus.Interrupted.class);
        assertThat(VmCloud.text(vm, request.name())).isEmpty();
        removeWhole(request.name());
        assertThat(cloud.ofInstance(instance)).isEmpty();
    }

    @Test
    void who_is_stopped_leaves_the_machine_and_who_is_removed_while_it_runs_takes_it_along() throws Exception {
        RunRequest first = request("alice", "echo begun; exec sleep 300");
        vm.start(first);
        await(() -> VmCloud.text(vm, first.name()).equals("begun\n"));
        vm.stop(first.name());
        assertThat(ended(first.name()).exitCode()).isEqualTo(137);
        removeWhole(first.name());
        assertThat(machines()).hasSize(1);
        RunRequest second = request("alice", "echo begun; exec sleep 300");
        vm.start(second);
        await(() -> VmCloud.text(vm, second.name()).equals("begun\n"));
        assertThat(machines()).hasSize(1);

        removeWhole(second.name());

        assertThat(cloud.ofInstance(instance)).isEmpty();
        assertThat(vm.runs()).isEmpty();
    }

    /** Kills what asks it for the time when it has done so often enough. */
    private static final class DyingClock extends Clock {
        private final AtomicInteger left;

        DyingClock(AtomicInteger left) {
            this.left = left;
        }

        @Override
        public Instant instant() {
            if (left.decrementAndGet() == 0) {
                throw new DeathException();
            }
            return Instant.now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static final class DeathException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static boolean dies(VmRuntime runtime, RunRequest request) {
        try {
            runtime.start(request);
            return false;
        } catch (DeathException | RuntimeUnavailableException dead) {
            return true;
        }
    }

    private List<ResourceSummary> machines() {
        return cloud.ofInstance(instance).stream()
                .filter(resource -> resource.type().equals(VmCloud.MACHINES))
                .toList();
    }

    private RunStatus.Ended whole(RunRequest request) throws InterruptedException {
        vm.start(request);
        RunStatus.Ended ended = ended(request.name());
        removeWhole(request.name());
        return ended;
    }

    private static RunRequest request(String owner, String script) {
        return request(owner, script, Map.of());
    }

    private static RunRequest request(String owner, String script, Map<String, String> environment) {
        String name = "run-" + UUID.randomUUID();
        return new RunRequest(
                name,
                new RunLabels("tool-run/" + name, "a-tool", owner),
                0,
                null,
                PullPolicy.MISSING,
                List.of("sh", "-c", script),
                environment,
                "{}",
                new RunLimits(128L << 20, 1, 64, 8L << 20, Duration.ofMinutes(10)),
                true,
                AGAIN,
                null);
    }

    private RunStatus.Ended ended(String name) throws InterruptedException {
        RunStatus status = vm.awaitEnd(name, PATIENCE);
        assertThat(status).isInstanceOf(RunStatus.Ended.class);
        return (RunStatus.Ended) status;
    }

    private void removeWhole(String name) {
        await(() -> vm.remove(name).isEmpty());
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(300))
                .ignoreException(RuntimeUnavailableException.class)
                .until(condition);
    }
}
