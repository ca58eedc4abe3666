package dev.lightning.bench.load;

import java.util.stream.DoubleStream;

/** How times in milliseconds are spread. */
public record Percentiles(double p50, double p99, double max) {
    public static Percentiles of(DoubleStream millis) {
        double[] sorted = millis.sorted().toArray();
        return new Percentiles(at(sorted, 0.50), at(sorted, 0.99), at(sorted, 1));
    }

    private static double at(double[] sorted, double share) {
        return sorted.length == 0
                ? Double.NaN
                : Math.round(10 * sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))]) / 10.0;
    }
}
