package dev.lightning.providers.tools;

import dev.lightning.providers.filters.FilterEvent;

/** How an event says which function it invokes; only the platform makes such events. */
public final class Invocation {
    /** The type of the event that invokes a function. */
    public static final String TYPE = "http.invoke";

    private static final String SOURCE = "function/";

    private Invocation() {}

    /** The source of the events that invoke this function. */
    public static String source(String function) {
        return SOURCE + function;
    }

    static boolean is(FilterEvent event) {
        return event.type().equals(TYPE);
    }

    static boolean isOf(String function, FilterEvent event) {
        return is(event) && event.source().equals(source(function)) && function.equals(event.subject());
    }
}
