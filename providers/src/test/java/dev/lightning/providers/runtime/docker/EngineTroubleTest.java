package dev.lightning.providers.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import dev.lightning.providers.runtime.RunRejectedException;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EngineTroubleTest {
    private final EngineTrouble trouble = new EngineTrouble("unix:///some.sock", Duration.ofMillis(200));

    @Test
    void a_full_disk_may_be_made_room_on() {
        assertThat(trouble.told(new InternalServerErrorException("write /var/x: no space left on device")))
                .isInstanceOf(RuntimeUnavailableException.class)
                .hasMessageContaining("disk");
        assertThat(trouble.fetching("a:1", new InternalServerErrorException("no space left on device")))
                .isInstanceOf(RuntimeUnavailableException.class)
                .hasMessageContaining("disk");
    }

    /** In the words of podman 4.3, which says it with status 500. */
    @Test
    void what_is_no_name_of_an_image_stays_none() {
        RuntimeException said = new InternalServerErrorException(
                "Status 500: {\"cause\":\"invalid reference format\",\"message\":\"normalizing name: timeout@sha256:zz\"}");

        assertThat(trouble.told(said)).isInstanceOf(RunRejectedException.class);
        assertThat(trouble.fetching("timeout@sha256:zz", said)).isInstanceOf(RunRejectedException.class);
    }

    @Test
    void an_engine_that_does_not_answer_is_named() {
        assertThat(trouble.told(new RuntimeException(new SocketException("No such file or directory"))))
                .isInstanceOf(RuntimeUnavailableException.class)
                .hasMessageContaining("unix:///some.sock")
                .hasMessageContaining("DOCKER_HOST");
    }

    /** In the words of podman 4.3. */
    @Test
    void what_podman_says_of_a_container_that_is_just_writing_or_ending_is_no_trouble() {
        assertThat(EngineTrouble.isHalfWritten(trouble.told(new InternalServerErrorException(
                        "Status 500: {\"cause\":\"'2026-11-21T' is not a valid container log line\"}"))))
                .isTrue();
        assertThat(EngineTrouble.hasNoProcessToKill(new InternalServerErrorException(
                        "Status 500: {\"cause\":\"container state improper\",\"message\":\"...: stopped\"}")))
                .isTrue();
        assertThat(EngineTrouble.hasNoProcessToKill(new InternalServerErrorException(
                        "Status 500: {\"message\":\"open /proc/4711/ns/mnt: no such file or directory\"}")))
                .isTrue();
        assertThat(EngineTrouble.hasNoProcessToKill(new InternalServerErrorException("no such signal")))
                .isFalse();
    }

    /** In the words of podman 4.3. */
    @Test
    void an_engine_that_looked_at_a_process_that_ended_meanwhile_looks_again() {
        AtomicInteger looks = new AtomicInteger();
        RuntimeException gone = new InternalServerErrorException("Status 500: {\"cause\":\"no such process\","
                + "\"message\":\"read /proc/30632/cgroup: no such process\",\"response\":500}");
        RuntimeException lost = new InternalServerErrorException(
                "Status 500: {\"message\":\"open /proc/4711/ns/mnt: no such file or directory\"}");

        assertThat(trouble.tell(() -> {
                    if (looks.incrementAndGet() < 3) {
                        throw looks.get() == 1 ? gone : lost;
                    }
                    return "ended";
                }))
                .isEqualTo("ended");
        assertThatThrownBy(() -> trouble.tell(() -> {
                    throw gone;
                }))
                .isInstanceOf(RuntimeUnavailableException.class)
                .hasMessageContaining("no such process");
        assertThat(EngineTrouble.hasLostItsProcess(trouble.told(lost))).isTrue();
        assertThat(EngineTrouble.hasLostItsProcess(trouble.told(gone))).isFalse();
    }

    @Test
    void what_the_engine_refuses_stays_refused() {
        assertThat(trouble.told(new BadRequestException("minimum memory is 6 MB")))
                .isInstanceOf(RunRejectedException.class)
                .hasMessageContaining("minimum memory");
    }

    @Test
    void an_image_that_no_registry_knows_stays_missing_and_a_registry_that_is_away_may_come_back() {
        assertThat(trouble.fetching("a:1", new InternalServerErrorException("manifest unknown")))
                .isInstanceOf(RunRejectedException.class)
                .hasMessageContaining("a:1");
        assertThat(trouble.fetching("a:1", new InternalServerErrorException("dial tcp: connection refused")))
                .isInstanceOf(RuntimeUnavailableException.class)
                .hasMessageContaining("a:1");
    }
}
