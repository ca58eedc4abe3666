package dev.lightning.bench.machine;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What all processes of a measurement have cost, by part. Linux only. */
public record Costs(Map<Part, Cost> parts) {
    /** How long a tick of the kernel's accounts is, on every Linux that Java runs on. */
    private static final int MILLIS_OF_A_TICK = 10;

    /**
     * Reads the processes that descend from these.
     *
     * @param program the process that is {@link Part#PROGRAM}; the rest is Temporal, or PostgreSQL by its name
     */
    public static Costs of(long program, List<Long> roots) throws IOException {
        Map<Part, Cost> parts = new EnumMap<>(Part.class);
        for (long root : roots) {
            for (LinuxProcess process : LinuxProcess.tree(root)) {
                Part part = part(process, program);
                double memory = part == Part.POSTGRES ? process.proportionalMB() : process.residentMB();
                parts.merge(part, new Cost(process.ticks() * MILLIS_OF_A_TICK, memory), Cost::plus);
            }
        }
        return new Costs(parts);
    }

    /** What this part has cost, nothing when there is none. */
    public Cost of(Part part) {
        return parts.getOrDefault(part, Cost.NONE);
    }

    public double cpuMillis() {
        return parts.values().stream().mapToDouble(Cost::cpuMillis).sum();
    }

    private static Part part(LinuxProcess process, long program) {
        if (process.id() == program) {
            return Part.PROGRAM;
        }
        return process.name().startsWith("postgres") ? Part.POSTGRES : Part.TEMPORAL;
    }
}
