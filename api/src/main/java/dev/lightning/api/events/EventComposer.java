package dev.lightning.api.events;

import dev.lightning.api.errors.Findings;
import dev.lightning.api.errors.Problem;
import dev.lightning.api.security.Caller;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.EventTypes;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Owner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last step of every reader: the rules that hold in all shapes, then the event. */
final class EventComposer {
    private final List<TypeCheck> typeChecks;
    private final InstantSource clock;

    EventComposer(List<TypeCheck> typeChecks, InstantSource clock) {
        this.typeChecks = List.copyOf(typeChecks);
        this.clock = clock;
    }

    void check(String type, Metadata metadata, String path, Findings findings) {
        typeChecks.stream()
                .filter(check -> check.type().equals(type))
                .forEach(check -> check.check(metadata, path, findings));
    }

    /**
     * Makes the event; throws when its owner lacks what it needs.
     *
     * @param path the JSON path of the metadata in the request
     * @param id null for a new one
     * @param defaultTime what a missing time means, null for now
     */
    Posted compose(
            Caller caller, Owner owner, Said said, String path, @Nullable EventId id, @Nullable Instant defaultTime) {
        if (EventTypes.isPlatformOnly(said.type()) && !caller.admin()) {
            throw Problem.FORBIDDEN.with("Only the platform emits events of type " + said.type());
        }
        Findings findings = new Findings();
        typeChecks.stream()
                .filter(check -> check.type().equals(said.type()))
                .forEach(check -> check.check(owner, said.metadata(), path, findings));
        findings.throwIfAny();
        Instant now = Instant.ofEpochMilli(clock.millis());
        Event event = Event.root(
                id == null ? EventIds.next(now) : id,
                said.type(),
                said.source(),
                firstOf(said.time(), defaultTime, now),
                now,
                owner,
                said.subject(),
                said.metadata(),
                null);
        return new Posted(event, BodyHash.of(said));
    }

    private static Instant firstOf(@Nullable Instant said, @Nullable Instant meant, Instant now) {
        if (said != null) {
            return said;
        }
        return meant == null ? now : meant;
    }
}
