package dev.lightning.bench.machine;

/** What some processes have cost since they began, with their ended children; memory is what they have now. */
public record Cost(double cpuMillis, double residentMB) {
    static final Cost NONE = new Cost(0, 0);

    Cost plus(Cost other) {
        return new Cost(cpuMillis + other.cpuMillis, residentMB + other.residentMB);
    }
}
