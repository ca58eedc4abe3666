package dev.lightning.workflows.tools;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tools take an event.
 *
 * @param tools those that do, in the order in which they are named: the owner's, then the platform's
 * @param others whether there are tools that other events may match; an owner without any is not asked for again
 * @param offers those that a chat's model may call; null for other events, and in answers from before there were any
 */
public record ToolMatches(
        List<ToolSpec> tools, boolean others, @Nullable List<ToolOffer> offers) {
    public static final ToolMatches NONE = new ToolMatches(List.of(), false, null);

    public ToolMatches {
        tools = List.copyOf(tools);
        offers = offers == null ? null : List.copyOf(offers);
    }
}
