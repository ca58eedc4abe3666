package dev.lightning.api.events;

import org.jspecify.annotations.Nullable;

/**
 * A valid event and the name its client knows it by.
 *
 * @param cloudEvent set for a CloudEvent, whose own identity is given back with ours
 */
record Submission(Posted posted, @Nullable CloudIdentity cloudEvent) {
    /** What makes a CloudEvent the same as another. */
    record CloudIdentity(String source, String id) {}
}
