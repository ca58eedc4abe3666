package dev.lightning.providers.runtime.azure;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a machine that serves several was last told, or has said itself.
 *
 * @param run that it carries; empty unless it is busy
 * @param since when, by the clock of whoever wrote it
 * @param mark by which it is changed by those only who have seen it
 */
public record MachineSlot(String machine, State state, String run, Instant since, String mark) {
    /** How it stands. */
    public enum State {
        /** It has cleaned up, and waits for the next. */
        FREE,
        BUSY,
        /** It takes nobody any more. */
        CLOSED
    }

    /** Trusts nothing in it: whoever has the link can write. */
    static MachineSlot read(String machine, String text, String mark) {
        Map<String, String> lines = text.lines()
                .takeWhile(line -> !line.startsWith("export "))
                .filter(line -> line.contains("="))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')),
                        line -> line.substring(line.indexOf('=') + 1),
                        (first, second) -> first));
        State state = switch (lines.getOrDefault("state", "")) {
            case "free" -> State.FREE;
            case "busy" -> State.BUSY;
            default -> State.CLOSED;
        };
        return new MachineSlot(
                machine,
                state,
                state == State.BUSY ? lines.getOrDefault("run", "") : "",
                RunReport.instant(lines.get("since"), Instant.EPOCH),
                mark);
    }

    static String write(State state, String run, Instant since) {
        return "state=" + state.name().toLowerCase(Locale.ROOT) + "\nrun=" + run + "\nsince=" + since.getEpochSecond()
                + "\n";
    }

    public boolean isFree() {
        return state == State.FREE;
    }

    public boolean isClosed() {
        return state == State.CLOSED;
    }

    /** Whether it carries this run. */
    public boolean carries(String name) {
        return state == State.BUSY && run.equals(name);
    }
}
