package dev.lightning.bench.compare;

import java.util.Locale;

/** What is measured in every turn, in the order of the table. */
enum Figure {
    EVENTS_PER_SECOND("events/s end to end, closed loop", 1),
    CPU_PER_EVENT("CPU ms an event, all processes, closed loop", 1),
    CPU_PROGRAM("of it the program", 1),
    CPU_TEMPORAL("of it Temporal", 1),
    CPU_POSTGRES("of it PostgreSQL", 1),
    BUSY_END_TO_END_P50("end to end p50, closed loop, ms", 0),
    ACCEPT_P50("accept p50 at the rate, ms", 1),
    ACCEPT_P99("accept p99 at the rate, ms", 1),
    END_TO_END_P50("end to end p50 at the rate, ms", 1),
    END_TO_END_P99("end to end p99 at the rate, ms", 1),
    CPU_PER_EVENT_AT_RATE("CPU ms an event at the rate", 1),
    IDLE_CPU("CPU ms a second when idle", 0),
    PROGRAM_MB("memory of the program after all, MB", 0),
    TEMPORAL_MB("memory of Temporal after all, MB", 0),
    POSTGRES_MB("memory of PostgreSQL after all, MB", 0),
    HISTORY_EVENTS("history events an event", 0),
    HISTORY_BYTES("history bytes an event", 0),
    DISK_BYTES("disk bytes an event, without logs", 0);

    final String label;
    private final int decimals;

    Figure(String label, int decimals) {
        this.label = label;
        this.decimals = decimals;
    }

    String shown(double value) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
