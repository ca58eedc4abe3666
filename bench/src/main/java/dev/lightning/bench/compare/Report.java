package dev.lightning.bench.compare;

import dev.lightning.bench.machine.Machine;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a run came to, as it is written down.
 *
 * @param versions of what took part
 * @param temporal how the embedded server was started, empty when it took no part
 */
record Report(
        Instant at,
        Machine machine,
        Map<String, String> versions,
        Options options,
        List<String> temporal,
        Results results) {
    /** As a file keeps it. */
    Map<String, Object> json() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("at", at.toString());
        report.put("machine", machine);
        report.put("versions", versions);
        report.put("options", options);
        report.put("embeddedServer", temporal);
        report.put("goals", Goal.judge(results));
        report.put("summary", results.summary());
        report.put("measurements", results.measurements());
        return report;
    }

    String markdown() {
        StringBuilder page = new StringBuilder();
        page.append("%s: %d × %s, %d MB, %s, %s. Load before the run %s.%n"
                .formatted(
                        at.toString().substring(0, 10),
                        machine.processors(),
                        machine.model(),
                        machine.memoryMB(),
                        machine.system(),
                        machine.java(),
                        machine.loadBefore()));
        versions.forEach((what, version) -> page.append("%s %s. ".formatted(what, version)));
        page.append("%n%d repeats; %d events with %d under way, %d events at %d/s. Medians (least to most).%n"
                .formatted(
                        options.repeats(),
                        options.events(),
                        options.concurrency(),
                        options.rateEvents(),
                        options.rate()));
        results.servers().forEach(server -> {
            page.append("%n**%s**%n%n".formatted(server.title));
            figures(page, server);
            page.append('\n');
            goals(page, server);
        });
        return page.toString();
    }

    private void figures(StringBuilder page, ServerKind server) {
        List<Contender> programs = results.programs();
        page.append("| what |");
        programs.forEach(program -> page.append(' ').append(program.label).append(" |"));
        page.append("\n|---|").append("---|".repeat(programs.size())).append('\n');
        for (Figure figure : Figure.values()) {
            if (programs.stream()
                    .allMatch(program -> results.series(server, program, figure).max() == 0)) {
                continue;
            }
            page.append("| ").append(figure.label).append(" |");
            for (Contender program : programs) {
                Series series = results.series(server, program, figure);
                page.append(" %s (%s to %s) |"
                        .formatted(
                                figure.shown(series.median()), figure.shown(series.min()), figure.shown(series.max())));
            }
            page.append('\n');
        }
    }

    private void goals(StringBuilder page, ServerKind server) {
        page.append("| ratio, product to | goal | is (round by round) | |\n|---|---|---|---|\n");
        for (Goal.Verdict verdict : Goal.judge(results)) {
            if (verdict.server() == server) {
                Goal goal = verdict.goal();
                Series ratio = verdict.ratio();
                page.append("| %s, %s | %s %s | %.2f (%.2f to %.2f) | %s |%n"
                        .formatted(
                                goal.what(),
                                goal.other().label,
                                goal.bound().sign,
                                goal.limit(),
                                ratio.median(),
                                ratio.min(),
                                ratio.max(),
                                verdict.met() ? "met" : "**missed**"));
            }
        }
    }
}
