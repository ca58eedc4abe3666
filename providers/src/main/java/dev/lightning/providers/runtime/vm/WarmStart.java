package dev.lightning.providers.runtime.vm;

import dev.lightning.providers.runtime.RunRequest;
import dev.lightning.providers.runtime.azure.ArmSettings;
import dev.lightning.providers.runtime.azure.MachineSlot;
import dev.lightning.providers.runtime.azure.MachineSlots;
import dev.lightning.providers.runtime.azure.RunBlobs;
import dev.lightning.providers.runtime.azure.RunOrder;
import dev.lightning.providers.runtime.azure.RunOrder.Placement;
import dev.lightning.providers.runtime.azure.RunTags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a run to a machine that may have served its owner before: to one that waits, else to a new one.
 *
 * <p>The order says which machine is meant before it is taken, so that a machine that says it carries the run is found by
 * the run, and one that carries a run whose order means another is nobody's.
 */
final class WarmStart {
    private static final Logger log = LoggerFactory.getLogger(WarmStart.class);

    /** How long a machine takes further runs; the last of them may go on for its own lifetime. */
    private static final Duration SERVING = Duration.ofHours(24);

    private final ArmSettings arm;
    private final VmRuntimeSettings settings;
    private final String instance;
    private final Machines machines;
    private final RunBlobs blobs;
    private final MachineSlots slots;
    private final Clock clock;
    private final MachineOrder orders;

    WarmStart(
            ArmSettings arm,
            VmRuntimeSettings settings,
            String instance,
            Machines machines,
            RunBlobs blobs,
            Clock clock) {
        this.arm = arm;
        this.settings = settings;
        this.instance = instance;
        this.machines = machines;
        this.blobs = blobs;
        this.slots = blobs.slots();
        this.clock = clock;
        this.orders = new MachineOrder(settings);
    }

    /** Whether this run gets a machine of this manner. */
    boolean isFor(RunRequest request) {
        return request.machine().reuse() && !settings.warm().isZero();
    }

    /** To be called by one alone, after all that the run is given is there. */
    void start(RunRequest request, RunOrder order, RunBlobs.Ordering ours) {
        abandon(request, order);
        List<Place> places = Place.all(settings, arm.locations(), request.machine(), request.attempt());
        // Whom a machine was taken from once gets one that nobody has had.
        if (request.attempt() == 0 && claim(request, places, order, ours)) {
            return;
        }
        Place.firstWithRoom(request.name(), places, place -> buy(request, place, order, ours));
    }

    /** What an earlier start meant and did not get to; should it come after all, it finds itself closed. */
    private void abandon(RunRequest request, RunOrder order) {
        Optional.ofNullable(order.machine())
                .flatMap(slots::find)
                .filter(slot -> slot.carries(request.name()))
                .ifPresent(slots::close);
    }

    private boolean claim(RunRequest request, List<Place> places, RunOrder order, RunBlobs.Ordering ours) {
        List<String> there = slots.machines();
        return places.stream().anyMatch(place -> {
            MachineKind kind = kind(request, place);
            return there.stream()
                    .filter(kind::has)
                    .map(slots::find)
                    .flatMap(Optional::stream)
                    .filter(MachineSlot::isFree)
                    .filter(slot -> isFit(slot.machine(), request))
                    .anyMatch(slot -> claim(request, place, slot, order, ours));
        });
    }

    private boolean isFit(String machine, RunRequest request) {
        return machines.find(machine)
                .filter(state -> state.stage() == MachineState.Stage.ON)
                .filter(state -> RunTags.isFor(request, state.tags(), clock.instant()))
                .isPresent();
    }

    private boolean claim(RunRequest request, Place place, MachineSlot slot, RunOrder order, RunBlobs.Ordering ours) {
        String machine = slot.machine();
        RunOrder claim = order.at(place.location(), place.size(), clock.instant());
        ours.record(claim.on(machine, null));
        if (!slots.occupy(slot, request.name(), next(request, machine))) {
            return false;
        }
        ours.record(claim.on(machine, Placement.CLAIMED));
        log.info("event=machine.claimed run={} machine={}", request.name(), machine);
        return true;
    }

    private void buy(RunRequest request, Place place, RunOrder order, RunBlobs.Ordering ours) {
        String machine = kind(request, place).another();
        Instant now = clock.instant();
        Map<String, String> tags = RunTags.ofMachine(instance, machine, request, now, SERVING);
        String link = slots.link(machine, request.limits().lifetime());
        RunOrder bought = order.at(place.location(), place.size(), now);
        ours.record(bought.on(machine, null));
        slots.open(machine, request.name(), next(request, machine));
        Optional<String> operation = machines.order(
                machine,
                orders.of(
                        machine,
                        place,
                        request,
                        tags,
                        BootScript.boot(machine, link, settings.warm(), RunTags.deadline(tags))));
        ours.record(bought.with(operation.orElse(null)).on(machine, Placement.BOUGHT));
        log.info(
                "event=machine.ordered run={} machine={} size={} location={} spot={}",
                request.name(),
                machine,
                place.size(),
                place.location(),
                request.machine().spot());
    }

    private String next(RunRequest request, String machine) {
        Duration lifetime = request.limits().lifetime();
        return BootScript.next(request, blobs.links(request.name(), lifetime), slots.link(machine, lifetime));
    }

    private MachineKind kind(RunRequest request, Place place) {
        return MachineKind.of(instance, settings, place, request);
    }
}
