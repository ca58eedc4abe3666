package dev.lightning.workflows.chat;

import dev.lightning.workflows.events.Offer;
import java.util.List;

/**
 * A chat with tools between two questions to the model.
 *
 * @param tools what the model may call
 * @param rounds what it called already, and what came of it
 */
public record ChatExchange(List<Offer> tools, List<ChatRound> rounds) {
    public ChatExchange {
        tools = List.copyOf(tools);
        rounds = List.copyOf(rounds);
    }
}
