package dev.lightning.providers.runtime.vm;

import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.runtime.azure.MachineSlot;
import dev.lightning.providers.runtime.azure.MachineSlots;
import dev.lightning.providers.runtime.azure.RunBlobs;
import dev.lightning.providers.runtime.azure.RunOrder;
import dev.lightning.providers.runtime.azure.RunTags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes runs off their machines, and machines away with all that belongs to them.
 *
 * <p>A machine that serves several is closed before it is deleted, so that it is not given to another run meanwhile.
 */
final class MachineRemoval {
    private static final Logger log = LoggerFactory.getLogger(MachineRemoval.class);
    private static final Duration DELETION = Duration.ofSeconds(10);
    private static final Duration LOOSENING = Duration.ofSeconds(5);
    private static final Duration MOMENT = Duration.ofSeconds(2);

    /** A machine cleans up within seconds; one that does not is not waited for. */
    private static final Duration LONGEST_CLEANING = Duration.ofMinutes(2);

    /** A machine that waits in vain says so and switches itself off; for one that does not. */
    private static final Duration OVERTIME = Duration.ofMinutes(2);

    /** Azure gives a creation up long before; what says that it goes on after that is not waited for. */
    private static final Duration LONGEST_MAKING = Duration.ofHours(1);

    private final Machines machines;
    private final Parts parts;
    private final RunBlobs blobs;
    private final MachineSlots slots;
    private final Duration warm;
    private final Clock clock;

    MachineRemoval(Machines machines, Parts parts, RunBlobs blobs, Duration warm, Clock clock) {
        this.machines = machines;
        this.parts = parts;
        this.blobs = blobs;
        this.slots = blobs.slots();
        this.warm = warm;
        this.clock = clock;
    }

    /** As the port says; a machine that may serve again stays. */
    Optional<Duration> remove(String run) {
        Optional<RunOrder> order = blobs.order(run);
        if (order.isPresent()) {
            // Who looks at it meanwhile is told that it goes, and not that it was taken away.
            blobs.stop(run);
        }
        Optional<String> shared = order.map(RunOrder::machine);
        Optional<Duration> left = shared.isPresent() ? letGo(run, shared.get()) : dismantle(run, () -> parts.of(run));
        if (left.isEmpty() && isStillComing(run, order)) {
            log.info("event=run.remove.later run={} reason=\"its machine may still be being made\"", run);
            left = Optional.of(DELETION);
        }
        if (left.isEmpty()) {
            blobs.remove(run);
            log.info("event=run.removed run={}", run);
        }
        return left;
    }

    /**
     * Whether parts may yet come of an order: who orders has not said what came of it, or Azure still works on it, although
     * the machine was deleted.
     */
    private boolean isStillComing(String run, Optional<RunOrder> order) {
        return order.filter(made -> made.placedAt().plus(LONGEST_MAKING).isAfter(clock.instant()))
                .filter(made -> made.operation() == null ? blobs.isBeingOrdered(run) : machines.isBeingMade(made))
                .isPresent();
    }

    private Optional<Duration> letGo(String run, String machine) {
        Optional<MachineSlot> slot = slots.find(machine);
        if (slot.isEmpty()) {
            return Optional.empty();
        }
        if (slot.get().carries(run)) {
            if (isCleaning(run, machine) || !slots.close(slot.get())) {
                return Optional.of(MOMENT);
            }
            return dismantle(machine);
        }
        return slot.get().isClosed() ? dismantle(machine) : Optional.empty();
    }

    /** What it has reported, it has reported whole: it only has not said yet that it is free. */
    private boolean isCleaning(String run, String machine) {
        return blobs.end(run)
                        .map(RunStatus.Ended::endedAt)
                        .filter(end -> end.plus(LONGEST_CLEANING).isAfter(clock.instant()))
                        .isPresent()
                && machines.find(machine)
                        .filter(state -> state.stage() == MachineState.Stage.ON)
                        .isPresent();
    }

    /** Of a machine that serves several, closed before. */
    private Optional<Duration> dismantle(String machine) {
        Optional<Duration> left = dismantle(machine, () -> parts.ofMachine(machine));
        if (left.isEmpty()) {
            slots.remove(machine);
            log.info("event=machine.removed machine={}", machine);
        }
        return left;
    }

    private Optional<Duration> dismantle(String machine, Supplier<List<Parts.Part>> tagged) {
        Optional<MachineState> state = machines.find(machine);
        if (state.isPresent()) {
            if (state.get().stage() != MachineState.Stage.GOING) {
                machines.delete(machine);
            }
            return Optional.of(DELETION);
        }
        // All of them at once: one that another holds goes when it is asked for again.
        long loose = Stream.concat(tagged.get().stream(), parts.disk(machine).stream())
                .filter(part -> !part.isMachine())
                .filter(parts::delete)
                .count();
        return loose > 0 ? Optional.of(LOOSENING) : Optional.empty();
    }

    /** Deletes machines whose time is over, however they stand, and those that serve several and nobody any more. */
    void sweep() {
        Instant now = clock.instant();
        // In this order: what belongs to a machine is there only while it has a slot.
        List<Parts.Part> all = parts.all();
        all.stream()
                .filter(Parts.Part::isMachine)
                .filter(part -> RunTags.deadline(part.tags()).isBefore(now))
                .map(part -> RunTags.machine(part.tags())
                        .orElseGet(() -> RunTags.run(part.tags()).name()))
                .forEach(this::endOverdue);
        slots.machines().stream()
                .flatMap(machine -> slots.find(machine).stream())
                .filter(slot -> slot.isClosed() || (isLeft(slot, now) && slots.close(slot)))
                .forEach(slot -> dismantle(slot.machine()));
        all.stream()
                .flatMap(part -> RunTags.machine(part.tags()).stream())
                .distinct()
                .filter(machine -> slots.find(machine).isEmpty())
                .forEach(this::dismantle);
    }

    private void endOverdue(String machine) {
        log.warn("event=machine.overdue machine={}", machine);
        slots.find(machine).ifPresent(slots::close);
        machines.delete(machine);
    }

    private boolean isLeft(MachineSlot slot, Instant now) {
        boolean left = slot.isFree()
                ? slot.since().plus(warm).plus(OVERTIME).isBefore(now)
                : blobs.order(slot.run())
                        .filter(order -> order.isOn(slot.machine()))
                        .isEmpty();
        if (left) {
            log.info("event=machine.left machine={} state={}", slot.machine(), slot.state());
        }
        return left;
    }
}
