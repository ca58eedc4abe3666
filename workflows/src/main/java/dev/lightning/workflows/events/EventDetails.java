package dev.lightning.workflows.events;

import org.jspecify.annotations.Nullable;

/** Says an event's report in Markdown, as the Temporal Web UI shows it beside the history. */
final class EventDetails {
    private EventDetails() {}

    static String markdown(Event root, EventReport report) {
        StringBuilder text = new StringBuilder()
                .append("**")
                .append(root.type())
                .append("** from ")
                .append(root.owner().userId())
                .append(": **")
                .append(report.status())
                .append("**");
        Reason reason = report.reason();
        if (reason != null) {
            text.append("\n\n")
                    .append(reason.message())
                    .append(" (`")
                    .append(reason.code())
                    .append("`)");
        }
        if (report.due() != null && report.status() == EventStatus.SCHEDULED) {
            text.append("\n\nstarts at ").append(report.due());
        }
        if (!report.steps().isEmpty()) {
            text.append("\n\n| step | event | state | attempts | last error |\n|---|---|---|---|---|");
            report.steps()
                    .forEach(step -> text.append("\n| ")
                            .append(step.name())
                            .append(" | ")
                            .append(step.eventId())
                            .append(" | ")
                            .append(step.state())
                            .append(" | ")
                            .append(attempts(step))
                            .append(" | ")
                            .append(cell(step.lastError()))
                            .append(" |"));
        }
        return text.toString();
    }

    /** How often a running step was tried only the server knows; the page shows it among the pending activities. */
    private static String attempts(Step step) {
        return step.state() == StepState.RUNNING ? "see pending activities" : Integer.toString(step.attempts());
    }

    private static String cell(@Nullable String text) {
        return text == null ? "" : text.replace("|", "\\|").replace('\n', ' ');
    }
}
