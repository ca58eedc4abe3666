package dev.lightning.bench.load;

import java.util.UUID;

/** Names the events of a load so that each says which load it belongs to. */
public record LoadId(String load) {
    /** One that nobody had before. */
    public static LoadId unique() {
        return new LoadId("load-" + UUID.randomUUID().toString().substring(0, 8));
    }

    /** The id of the load's event with this number. */
    public String event(int number) {
        return load + "." + number;
    }

    /** The load of an event; what is no event of a load has none that anybody knows. */
    static String loadOf(String event) {
        return event.substring(0, Math.max(0, event.lastIndexOf('.')));
    }
}
