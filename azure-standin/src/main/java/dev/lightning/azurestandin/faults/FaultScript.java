package dev.lightning.azurestandin.faults;

import java.util.ArrayList;
import java.util.List;

/** The faults that are to happen, and how often each has been asked for so far. */
public final class FaultScript {
    private static final class Line {
        private final Fault fault;
        private int matched;

        private Line(Fault fault) {
            this.fault = fault;
        }
    }

    private final List<Line> lines = new ArrayList<>();

    /** Adds one; its count begins now. */
    public synchronized FaultScript add(Fault fault) {
        lines.add(new Line(fault));
        return this;
    }

    /** Ends all of them. */
    public synchronized void clear() {
        lines.clear();
    }

    /** What the script says, for somebody who looks. */
    public synchronized List<Fault> all() {
        return lines.stream().map(line -> line.fault).toList();
    }

    /** Counts this request and says what happens to it, in the order of the script. */
    public synchronized List<Effect> effects(String verb, String type, String name) {
        List<Effect> effects = new ArrayList<>();
        for (Line line : lines) {
            if (line.fault.isFor(verb, type, name)) {
                line.matched++;
                if (line.matched >= line.fault.from() && line.matched <= line.fault.to()) {
                    effects.add(line.fault.effect());
                }
            }
        }
        return effects;
    }
}
