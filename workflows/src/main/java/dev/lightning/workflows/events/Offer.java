package dev.lightning.workflows.events;

/**
 * What somebody registered lets others call while they work on an event.
 *
 * @param name a DNS label, unique among the offers for one event
 * @param description what it does, in words for whoever chooses
 * @param parameters the JSON Schema of a call's arguments, as text
 */
public record Offer(String name, String description, String parameters) {}
