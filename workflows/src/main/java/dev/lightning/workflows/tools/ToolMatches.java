package dev.lightning.workflows.tools;

import java.util.List;

/**
 * Which tools take an event.
 *
 * @param tools those that do, in the order in which they are named: the owner's, then the platform's
 * @param others whether there are tools that other events may match; an owner without any is not asked for again
 */
public record ToolMatches(List<ToolSpec> tools, boolean others) {
    public static final ToolMatches NONE = new ToolMatches(List.of(), false);

    public ToolMatches {
        tools = List.copyOf(tools);
    }
}
