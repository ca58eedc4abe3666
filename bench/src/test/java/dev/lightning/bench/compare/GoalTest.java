package dev.lightning.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GoalTest {
    @Test
    void compares_the_middle_of_the_rounds_and_tells_how_far_they_lie_apart() {
        Results results = new Results();
        add(results, Contender.PRODUCT, 1, 60);
        add(results, Contender.TUNED, 1, 100);
        add(results, Contender.TUNED, 2, 50);
        add(results, Contender.PRODUCT, 2, 50);
        add(results, Contender.PRODUCT, 3, 90);
        add(results, Contender.TUNED, 3, 80);

        assertThat(Goal.judge(results))
                .filteredOn(verdict -> verdict.goal().what().equals("events/s"))
                .singleElement()
                .satisfies(verdict -> {
                    assertThat(verdict.ratio()).isEqualTo(new Series(0.75, 0.6, 1.125));
                    assertThat(verdict.met()).isFalse();
                });
    }

    @Test
    void meets_a_goal_at_its_very_limit() {
        Results results = new Results();
        add(results, Contender.PRODUCT, 1, 130);
        add(results, Contender.PLAIN, 1, 100);

        assertThat(Goal.judge(results))
                .filteredOn(verdict -> verdict.goal().what().equals("events/s"))
                .singleElement()
                .matches(Goal.Verdict::met);
    }

    private static void add(Results results, Contender program, int repeat, double perSecond) {
        results.add(
                new Measurement(ServerKind.EMBEDDED, program, repeat, Map.of(Figure.EVENTS_PER_SECOND, perSecond), ""));
    }
}
