package dev.lightning.bench.compare;

import java.util.List;

/** The same figure of several repeats: the middle, and how far they lie apart. */
record Series(double median, double min, double max) {
    static Series of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Series(median, sorted.getFirst(), sorted.getLast());
    }
}
