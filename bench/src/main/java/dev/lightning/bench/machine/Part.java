package dev.lightning.bench.machine;

/** What a process is in what is measured, so that the cost of each can be told apart. */
public enum Part {
    PROGRAM,
    TEMPORAL,
    POSTGRES
}
