package dev.lightning.providers.storage.rows;

/** Whether an event was new to the store. */
public sealed interface EventArrival {
    EventRow row();

    /** It is stored now. */
    record First(EventRow row) implements EventArrival {}

    /** It was there before, and is unchanged. */
    record Repeated(EventRow row) implements EventArrival {}
}
