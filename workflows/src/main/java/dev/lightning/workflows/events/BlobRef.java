package dev.lightning.workflows.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Where the blob store keeps what is too large for a history: the key of an event's whole metadata as JSON. */
public record BlobRef(String key) {
    @JsonCreator
    public BlobRef {}

    @JsonValue
    @Override
    public String key() {
        return key;
    }
}
