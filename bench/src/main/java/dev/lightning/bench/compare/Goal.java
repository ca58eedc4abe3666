package dev.lightning.bench.compare;

import java.util.List;
import java.util.stream.IntStream;

/** A ratio that the product wants to keep to one of the others. */
record Goal(String what, Figure figure, Contender other, Bound bound, double limit) {
    enum Bound {
        AT_LEAST("≥"),
        AT_MOST("≤");

        final String sign;

        Bound(String sign) {
            this.sign = sign;
        }
    }

    /**
     * How it came out.
     *
     * @param ratio of the medians, with the least and the most that a single round showed
     */
    record Verdict(ServerKind server, Goal goal, Series ratio, boolean met) {}

    static final List<Goal> ALL = List.of(
            new Goal("events/s", Figure.EVENTS_PER_SECOND, Contender.TUNED, Bound.AT_LEAST, 0.85),
            new Goal("events/s", Figure.EVENTS_PER_SECOND, Contender.PLAIN, Bound.AT_LEAST, 1.3),
            new Goal("CPU an event", Figure.CPU_PER_EVENT, Contender.PLAIN, Bound.AT_MOST, 0.8),
            new Goal("accept p50", Figure.ACCEPT_P50, Contender.TUNED, Bound.AT_MOST, 1.5),
            new Goal("accept p99", Figure.ACCEPT_P99, Contender.TUNED, Bound.AT_MOST, 2),
            new Goal("end to end p50", Figure.END_TO_END_P50, Contender.TUNED, Bound.AT_MOST, 1.3),
            new Goal("end to end p50", Figure.END_TO_END_P50, Contender.PLAIN, Bound.AT_MOST, 0.4),
            new Goal("then: events/s", Figure.EVENTS_PER_SECOND, Contender.FEWEST, Bound.AT_LEAST, 0.85),
            new Goal("then: events/s", Figure.EVENTS_PER_SECOND, Contender.PLAIN, Bound.AT_LEAST, 2));

    static List<Verdict> judge(Results results) {
        return results.servers().stream()
                .flatMap(server -> ALL.stream()
                        .filter(goal -> results.programs().containsAll(List.of(Contender.PRODUCT, goal.other)))
                        .map(goal -> goal.verdict(results, server)))
                .toList();
    }

    private Verdict verdict(Results results, ServerKind server) {
        List<Double> ours = results.values(server, Contender.PRODUCT, figure);
        List<Double> theirs = results.values(server, other, figure);
        Series rounds = Series.of(IntStream.range(0, ours.size())
                .mapToObj(round -> ours.get(round) / theirs.get(round))
                .toList());
        double ratio = Series.of(ours).median() / Series.of(theirs).median();
        boolean met = switch (bound) {
            case AT_LEAST -> ratio >= limit;
            case AT_MOST -> ratio <= limit;
        };
        return new Verdict(server, this, new Series(ratio, rounds.min(), rounds.max()), met);
    }
}
