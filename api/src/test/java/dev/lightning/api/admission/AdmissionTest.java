package dev.lightning.api.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class AdmissionTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration SLOW = Duration.ofSeconds(5);
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private Duration delay = Duration.ZERO;
    private long nanos;
    private Admission admission = admission(LIMIT);

    @Test
    void nobody_is_refused_while_nothing_waits_however_much_is_outstanding() {
        assertThat(admitted("flood", 10_000)).isEqualTo(10_000);
        assertThat(admission.figures().overloaded()).isFalse();
        assertThat(admission.figures().window()).isEmpty();
    }

    @Test
    void a_flood_is_refused_once_work_waits_and_who_posts_little_is_not() {
        admitted("flood", 200);
        secondsPass(1, SLOW);

        assertThat(admitted("flood", 50)).isZero();
        assertThat(admitted("chat", 10)).isEqualTo(10);
        assertThat(admission.figures().refusedForShare()).isEqualTo(50);
    }

    @Test
    void what_ends_makes_room_within_the_share() {
        admitted("flood", 200);
        secondsPass(1, SLOW);
        assertThat(admitted("flood", 1)).isZero();

        IntStream.range(0, 101).forEach(n -> admission.forget("flood", "flood-" + n));

        assertThat(admitted("flood", 50)).isEqualTo(1);
    }

    @Test
    void users_who_are_there_have_the_same_share() {
        admitted("a", 100);
        admitted("b", 100);
        secondsPass(1, SLOW);
        IntStream.range(0, 100).forEach(n -> admission.forget("a", "a-" + n));
        IntStream.range(0, 100).forEach(n -> admission.forget("b", "b-" + n));

        assertThat(admitted("a", 100)).isEqualTo(50);
        assertThat(admitted("b", 100)).isEqualTo(50);
    }

    @Test
    void arrays_get_half_of_a_users_share_so_that_a_chat_finds_room() {
        secondsPass(1, SLOW);

        assertThat(IntStream.range(0, 100).filter(n -> asks("a", "batch-" + n, Urgency.BATCH)))
                .hasSize(Window.SMALLEST / 2);
        assertThat(asks("a", "chat", Urgency.INTERACTIVE)).isTrue();
    }

    @Test
    void very_many_users_with_an_event_each_are_refused_too_in_the_end() {
        secondsPass(1, SLOW);

        long admitted = IntStream.range(0, 1_000)
                .filter(n -> asks("user-" + n, "one", Urgency.INTERACTIVE))
                .count();

        assertThat(admitted).isEqualTo(4 * Window.SMALLEST);
        assertThat(admission.figures().refusedForAll()).isPositive();
    }

    @Test
    void the_window_shrinks_while_work_waits_and_grows_while_it_does_not_and_somebody_is_refused() {
        admitted("flood", 1_000);
        secondsPass(1, SLOW);
        assertThat(admission.figures().window()).contains(500);

        secondsPass(1, SLOW);
        assertThat(admission.figures().window()).contains(400);
        secondsPass(100, SLOW);
        assertThat(admission.figures().window()).contains(Window.SMALLEST);

        admitted("flood", 100);
        secondsPass(1, Duration.ZERO);
        assertThat(admission.figures().window().orElseThrow()).isGreaterThan(Window.SMALLEST);
    }

    @Test
    void overload_ends_when_work_waits_no_more_and_nobody_had_to_be_refused_for_a_while() {
        admitted("flood", 200);
        secondsPass(1, SLOW);
        assertThat(admitted("flood", 1)).isZero();

        secondsPass(4, Duration.ZERO);
        assertThat(admission.figures().overloaded()).isTrue();
        secondsPass(3, Duration.ZERO);

        assertThat(admission.figures().overloaded()).isFalse();
        assertThat(admitted("flood", 50)).isEqualTo(50);
    }

    @Test
    void a_limit_that_meets_nobody_is_not_told(CapturedOutput output) {
        secondsPass(3, SLOW);
        assertThat(admission.figures().overloaded()).isTrue();
        secondsPass(6, Duration.ZERO);
        assertThat(admission.figures().overloaded()).isFalse();

        assertThat(output).doesNotContain("event=overload.");
    }

    @Test
    void a_limit_is_told_once_when_events_come_under_it_and_when_it_ends(CapturedOutput output) {
        secondsPass(1, SLOW);
        admitted("flood", 10);
        secondsPass(3, SLOW);
        secondsPass(6, Duration.ZERO);

        assertThat(output.toString().split("event=overload.entered", -1)).hasSize(2);
        assertThat(output.toString().split("event=overload.left", -1)).hasSize(2);
    }

    @Test
    void starts_that_take_more_than_half_of_the_delay_tell_of_overload_too() {
        admission.started(Duration.ofMillis(1_100));
        secondsPass(1, Duration.ZERO);

        assertThat(admission.figures().overloaded()).isTrue();
    }

    @Test
    void what_takes_longer_than_a_minute_waits_for_something_else_and_counts_no_more() {
        admitted("tools", 200);
        secondsPass(61, Duration.ZERO);

        assertThat(admission.figures().outstanding()).isZero();
    }

    @Test
    void a_repeat_of_what_is_outstanding_counts_once_and_passes() {
        admitted("flood", 200);
        secondsPass(1, SLOW);

        assertThat(asks("flood", "flood-7", Urgency.NORMAL)).isTrue();
        assertThat(admission.figures().outstanding()).isEqualTo(200);
    }

    @Test
    void the_pause_is_about_as_long_as_work_waits_and_not_the_same_for_all() {
        admitted("flood", 200);
        secondsPass(1, SLOW);

        assertThat(IntStream.range(0, 50)
                        .mapToObj(n -> admission
                                .ask("flood", "more-" + n, Urgency.NORMAL)
                                .orElseThrow())
                        .distinct()
                        .toList())
                .hasSizeGreaterThan(10)
                .allMatch(pause -> pause.toMillis() >= 2_500 && pause.toMillis() <= 7_500);
        secondsPass(1, Duration.ofMinutes(10));
        assertThat(admission.ask("flood", "late", Urgency.NORMAL)).contains(Duration.ofSeconds(30));
    }

    @Test
    void a_delay_of_zero_switches_it_off() {
        admission = admission(Duration.ZERO);
        secondsPass(1, Duration.ofHours(1));

        assertThat(admitted("flood", 1_000)).isEqualTo(1_000);
    }

    private Admission admission(Duration longest) {
        return new Admission(new OverloadSettings(longest, null), () -> delay, REMEMBERED, () -> nanos, new Random(7));
    }

    private long admitted(String owner, int events) {
        return IntStream.range(0, events)
                .filter(n -> asks(owner, owner + "-" + (nanos == 0 ? "" : nanos + "-") + n, Urgency.NORMAL))
                .count();
    }

    private boolean asks(String owner, String id, Urgency urgency) {
        return admission.ask(owner, id, urgency).equals(Optional.empty());
    }

    private void secondsPass(int seconds, Duration delayNow) {
        delay = delayNow;
        for (int n = 0; n < seconds; n++) {
            nanos += TimeUnit.SECONDS.toNanos(1);
            admission.figures();
        }
    }
}
