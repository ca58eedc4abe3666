package dev.lightning.workflows.tools;

import dev.lightning.workflows.events.Offer;

/** A tool that a chat's model may call, as it was when the chat began. */
public record ToolOffer(ToolSpec tool, Offer offer) {}
