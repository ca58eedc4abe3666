package dev.lightning.bench.compare;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** All turns of a run, and what they say together. */
final class Results {
    private final List<Measurement> measurements = new ArrayList<>();

    void add(Measurement measurement) {
        measurements.add(measurement);
    }

    List<Measurement> measurements() {
        return List.copyOf(measurements);
    }

    boolean complete() {
        return measurements.stream().allMatch(turn -> turn.trouble().isEmpty());
    }

    List<ServerKind> servers() {
        return measurements.stream().map(Measurement::server).distinct().toList();
    }

    List<Contender> programs() {
        return measurements.stream()
                .map(Measurement::program)
                .distinct()
                .sorted()
                .toList();
    }

    /** By repeat, as the program was measured. */
    List<Double> values(ServerKind server, Contender program, Figure figure) {
        return measurements.stream()
                .filter(turn -> turn.server() == server && turn.program() == program)
                .map(turn -> turn.figures().getOrDefault(figure, Double.NaN))
                .toList();
    }

    Series series(ServerKind server, Contender program, Figure figure) {
        return Series.of(values(server, program, figure));
    }

    Map<ServerKind, Map<Contender, Map<Figure, Series>>> summary() {
        Map<ServerKind, Map<Contender, Map<Figure, Series>>> summary = new EnumMap<>(ServerKind.class);
        for (ServerKind server : servers()) {
            Map<Contender, Map<Figure, Series>> byProgram = new EnumMap<>(Contender.class);
            for (Contender program : programs()) {
                Map<Figure, Series> byFigure = new EnumMap<>(Figure.class);
                for (Figure figure : Figure.values()) {
                    byFigure.put(figure, series(server, program, figure));
                }
                byProgram.put(program, byFigure);
            }
            summary.put(server, byProgram);
        }
        return summary;
    }
}
