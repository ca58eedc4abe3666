package dev.lightning.providers.runtime.vm;

import dev.lightning.providers.runtime.RunRejectedException;
import dev.lightning.providers.runtime.RunRequest;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import dev.lightning.providers.runtime.azure.ArmSettings;
import dev.lightning.providers.runtime.azure.RunBlobs;
import dev.lightning.providers.runtime.azure.RunOrder;
import dev.lightning.providers.runtime.azure.RunTags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Orders the machine of a run: what it is to do is there before the machine is, and nobody orders a second one. */
final class MachineStart {
    private static final Logger log = LoggerFactory.getLogger(MachineStart.class);
    private static final Duration GOING = Duration.ofSeconds(15);

    private final ArmSettings arm;
    private final VmRuntimeSettings settings;
    private final String instance;
    private final Machines machines;
    private final RunBlobs blobs;
    private final Clock clock;
    private final MachineOrder orders;
    private final Carriers carriers;
    private final WarmStart warm;

    MachineStart(
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
        this.clock = clock;
        this.orders = new MachineOrder(settings);
        this.carriers = new Carriers(blobs);
        this.warm = new WarmStart(arm, settings, instance, machines, blobs, clock);
    }

    void start(RunRequest request) {
        check(request);
        List<Place> places = Place.all(settings, arm.locations(), request.machine(), request.attempt());
        String job = BootScript.job(request);
        if (isThere(request.name())) {
            return;
        }
        Place first = places.getFirst();
        RunOrder order = blobs.order(
                request.name(),
                new RunOrder(
                        request.labels().workflowId(),
                        clock.instant(),
                        first.location(),
                        first.size(),
                        request.machine().spot(),
                        VmRuntime.KIND));
        try (RunBlobs.Ordering ours = blobs.ordering(request.name())) {
            if (!isThere(request.name())) {
                blobs.fill(request);
                blobs.job(request.name(), job);
                bring(request, places, order, ours);
            }
        }
    }

    private void bring(RunRequest request, List<Place> places, RunOrder order, RunBlobs.Ordering ours) {
        if (warm.isFor(request)) {
            warm.start(request, order, ours);
            return;
        }
        String boot = BootScript.boot(
                request, blobs.links(request.name(), request.limits().lifetime()));
        Place.firstWithRoom(request.name(), places, place -> buy(request, place, boot, order, ours));
    }

    private void check(RunRequest request) {
        if (!request.network()) {
            throw new RunRejectedException(
                    "A machine of Azure cannot be kept from the network: say network: true", null);
        }
        if (request.command().isEmpty()) {
            throw new RunRejectedException("A machine has no program of its own: say a command", null);
        }
        if (request.image() != null && !MachineImage.isOne(request.image())) {
            throw new RunRejectedException(
                    "The image " + request.image() + " is none of a machine: publisher:offer:sku:version, or an id",
                    null);
        }
        if (request.limits().lifetime().compareTo(blobs.longestLifetime()) > 0) {
            log.info("event=run.lifetime.cut run={} to={}", request.name(), blobs.longestLifetime());
        }
    }

    /** One that is just going must be gone before another comes. */
    private boolean isThere(String name) {
        if (blobs.end(name).isPresent()
                || blobs.order(name).map(RunOrder::placement).isPresent()) {
            return true;
        }
        return carriers.of(name)
                .flatMap(machines::find)
                .map(machine -> {
                    if (machine.stage() == MachineState.Stage.GOING) {
                        throw new RuntimeUnavailableException(
                                "The machine of an earlier attempt is still being deleted", null, GOING);
                    }
                    return true;
                })
                .orElse(false);
    }

    private void buy(RunRequest request, Place place, String boot, RunOrder order, RunBlobs.Ordering ours) {
        Instant now = clock.instant();
        RunOrder here = order.at(place.location(), place.size(), now);
        ours.record(here);
        Optional<String> operation = machines.order(
                request.name(), orders.of(request.name(), place, request, RunTags.of(instance, request, now), boot));
        ours.record(here.with(operation.orElse(null)));
        log.info(
                "event=machine.ordered run={} size={} location={} spot={}",
                request.name(),
                place.size(),
                place.location(),
                request.machine().spot());
    }
}
