package dev.lightning.workflows.tools;

import dev.lightning.workflows.events.Reason;

/** Says a run's progress in Markdown, as the Temporal Web UI shows it beside the history. */
final class ToolRunDetails {
    private ToolRunDetails() {}

    static String markdown(ToolRunOrder order, ToolRunProgress progress) {
        ToolSpec tool = order.tool();
        StringBuilder text = new StringBuilder()
                .append("**")
                .append(tool.name())
                .append("** (")
                .append(tool.runtime())
                .append(") for ")
                .append(order.event().type())
                .append(": **")
                .append(progress.state())
                .append("** since ")
                .append(progress.since());
        ToolRunResult result = progress.result();
        Reason reason = result == null ? null : result.reason();
        if (reason != null) {
            text.append("\n\n")
                    .append(reason.message())
                    .append(" (`")
                    .append(reason.code())
                    .append("`)");
        }
        Approval approval = progress.approval();
        if (approval != null) {
            say(text, approval);
        }
        if (progress.startedAt() != null) {
            text.append("\n\nstarted at ").append(progress.startedAt());
        }
        if (progress.deadline() != null) {
            text.append("\n\nends at the latest at ").append(progress.deadline());
        }
        if (result != null && result.metadata().get("exitCode") != null) {
            text.append("\n\nexit code ").append(result.metadata().get("exitCode"));
        }
        return text.toString();
    }

    private static void say(StringBuilder text, Approval approval) {
        if (approval.decision() == null) {
            text.append("\n\nneeds approval before ").append(approval.until());
        } else {
            text.append("\n\n")
                    .append(approval.decision())
                    .append(" by ")
                    .append(approval.by())
                    .append(" at ")
                    .append(approval.at());
        }
        Proposal proposal = approval.proposal();
        text.append("\n\nwhat runs, in ").append(proposal.runtime()).append(", an argument a line:\n");
        if (proposal.image() != null) {
            line(text, proposal.image());
        }
        proposal.command().forEach(argument -> line(text, argument));
    }

    /** As code, so that nothing in it reads as Markdown. */
    private static void line(StringBuilder text, String line) {
        text.append("\n    ").append(line.replace("\n", "\n    "));
    }
}
