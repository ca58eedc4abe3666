package dev.lightning.providers.runtime.vm;

import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.runtime.azure.ArmRefusal;
import dev.lightning.providers.runtime.azure.ArmTrouble;
import dev.lightning.providers.runtime.azure.RunBlobs;
import dev.lightning.providers.runtime.azure.RunOrder;
import dev.lightning.providers.runtime.azure.Sightings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Makes one status of what the machine has reported and what Azure says of the machine. */
final class MachineReading {
    private static final Duration ORDERED = Duration.ofSeconds(10);
    private static final Duration BOOTING = Duration.ofSeconds(5);

    /** Machines of Azure are up within two minutes, large images within ten. */
    private static final Duration LONGEST_BOOT = Duration.ofMinutes(20);

    /** The workspace is to be brought as well. */
    private static final Duration LONGEST_TAKING = Duration.ofMinutes(10);

    private final Machines machines;
    private final Carriers carriers;
    private final RunBlobs blobs;
    private final ArmTrouble trouble;
    private final Clock clock;
    private final Sightings sightings;

    MachineReading(
            Machines machines,
            Carriers carriers,
            RunBlobs blobs,
            ArmTrouble trouble,
            Clock clock,
            Sightings sightings) {
        this.machines = machines;
        this.carriers = carriers;
        this.blobs = blobs;
        this.trouble = trouble;
        this.clock = clock;
        this.sightings = sightings;
    }

    /** Asks the blobs first, which cost next to nothing; Azure's Resource Manager only from time to time. */
    RunStatus status(String name) {
        Optional<RunStatus.Ended> ended = blobs.end(name);
        if (ended.isPresent()) {
            return ended.get();
        }
        Optional<RunStatus> running = blobs.started(name).map(RunStatus.Running::new);
        if (running.isPresent() && sightings.isFresh(name)) {
            return running.get();
        }
        RunStatus status = carriers.of(name)
                .flatMap(machines::find)
                .map(machine -> status(name, machine))
                .orElseGet(() -> withoutMachine(name));
        if (status instanceof RunStatus.Running) {
            sightings.saw(name);
        }
        // What it reports last may have come between the two looks.
        return status.isOpen()
                ? status
                : blobs.end(name).<RunStatus>map(end -> end).orElse(status);
    }

    private RunStatus withoutMachine(String name) {
        if (blobs.isStopped(name)) {
            return new RunStatus.Missing();
        }
        boolean placed = blobs.order(name).map(RunOrder::placement).isPresent();
        return placed || blobs.started(name).isPresent()
                ? new RunStatus.Interrupted("The machine was deleted before the program had ended")
                : new RunStatus.Missing();
    }

    private RunStatus status(String name, MachineState machine) {
        return switch (machine.stage()) {
            case GOING -> new RunStatus.Missing();
            case ORDERED -> new RunStatus.Provisioning(ORDERED);
            case FAILED -> failed(machine);
            case TAKEN -> new RunStatus.Interrupted("Azure took the machine away before the program had ended");
            case OFF -> new RunStatus.Interrupted("The machine was switched off before the program had ended");
            case ON -> on(name);
        };
    }

    private RunStatus failed(MachineState machine) {
        ArmRefusal refusal = trouble.failed(machine.failure(), machine.reason());
        if (refusal.kind() == ArmRefusal.Kind.REJECTED) {
            throw refusal;
        }
        return new RunStatus.Interrupted(String.valueOf(refusal.getMessage()));
    }

    private RunStatus on(String name) {
        Optional<Instant> started = blobs.started(name);
        if (started.isPresent()) {
            return new RunStatus.Running(started.get());
        }
        boolean late = blobs.order(name)
                .filter(order -> order.placedAt().plus(patience(order)).isBefore(clock.instant()))
                .isPresent();
        return late
                ? new RunStatus.Interrupted(
                        "The machine has not come up; see that its image has cloud-init, curl, tar and"
                                + " setpriv, and that its subnet reaches the storage account")
                : new RunStatus.Provisioning(BOOTING);
    }

    /** A machine that waits looks every other second. */
    private static Duration patience(RunOrder order) {
        return order.placement() == RunOrder.Placement.CLAIMED ? LONGEST_TAKING : LONGEST_BOOT;
    }
}
