package dev.lightning.azurestandin.faults;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What can go wrong with a request; seconds are whole or broken ones, and codes are Azure's own. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Effect.Throttle.class, name = "throttle"),
    @JsonSubTypes.Type(value = Effect.Answer.class, name = "answer"),
    @JsonSubTypes.Type(value = Effect.Delay.class, name = "delay"),
    @JsonSubTypes.Type(value = Effect.SlowProvisioning.class, name = "slowProvisioning"),
    @JsonSubTypes.Type(value = Effect.FailedProvisioning.class, name = "failedProvisioning"),
    @JsonSubTypes.Type(value = Effect.LostResponse.class, name = "lostResponse"),
    @JsonSubTypes.Type(value = Effect.ConnectionReset.class, name = "connectionReset"),
    @JsonSubTypes.Type(value = Effect.HalfDeletion.class, name = "halfDeletion"),
    @JsonSubTypes.Type(value = Effect.Eviction.class, name = "eviction")
})
public sealed interface Effect {
    /** Answers 429 and does nothing. */
    record Throttle(int retryAfter) implements Effect {}

    /** Answers with this status and error code and does nothing. */
    record Answer(int status, String code, String message) implements Effect {}

    /** Does everything, but only after a while. */
    record Delay(double seconds) implements Effect {}

    /** Accepts at once and takes this much longer to do it; for creation, deletion and actions alike. */
    record SlowProvisioning(double seconds) implements Effect {}

    /** Accepts, and the long-running operation ends in failure with this code. */
    record FailedProvisioning(String code, String message) implements Effect {}

    /** Does everything and closes the connection without an answer. */
    record LostResponse() implements Effect {}

    /** Closes the connection before anything is done. */
    record ConnectionReset() implements Effect {}

    /** Removes a part of what is to be deleted and answers 500; deleting again removes the rest. */
    record HalfDeletion() implements Effect {}

    /** Takes the resource away from its user so many seconds after it was ready, as happens to spot capacity. */
    record Eviction(double seconds) implements Effect {}
}
