package dev.lightning.api.events;

import dev.lightning.api.errors.Findings;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Owner;

/**
 * What the metadata of one event type has to look like. This is the place to plug such a check in: the reader runs
 * every check of an event's type before the event is taken, in whatever shape it was posted.
 */
public interface TypeCheck {
    /** The one event type that this checks. */
    String type();

    /**
     * Adds everything that is wrong.
     *
     * @param path the JSON path of the metadata in the request; fields of findings start with it
     */
    void check(Metadata metadata, String path, Findings findings);

    /** Adds what is wrong in view of what the event's owner has; asked only of an event that is right by itself. */
    default void check(Owner owner, Metadata metadata, String path, Findings findings) {}
}
