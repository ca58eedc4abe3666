package dev.lightning.providers.runtime.vm;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import dev.lightning.providers.runtime.RunRejectedException;
import dev.lightning.providers.runtime.RunRequest;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import dev.lightning.providers.runtime.azure.ArmRefusal;
import dev.lightning.providers.runtime.azure.ArmSettings;
import dev.lightning.providers.runtime.azure.RunBlobs;
import dev.lightning.providers.runtime.azure.RunOrder;
import dev.lightning.providers.runtime.azure.RunTags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
                        null));
        try (RunBlobs.Ordering ours = blobs.ordering(request.name())) {
            if (!isThere(request.name())) {
                blobs.fill(request);
                blobs.job(request.name(), job);
                String boot = BootScript.boot(
                        request, blobs.links(request.name(), request.limits().lifetime()));
                buy(request, places, boot, order, ours);
            }
        }
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
        if (blobs.end(name).isPresent()) {
            return true;
        }
        return machines.find(name)
                .map(machine -> {
                    if (machine.stage() == MachineState.Stage.GOING) {
                        throw new RuntimeUnavailableException(
                                "The machine of an earlier attempt is still being deleted", null, GOING);
                    }
                    return true;
                })
                .orElse(false);
    }

    private void buy(RunRequest request, List<Place> places, String boot, RunOrder order, RunBlobs.Ordering ours) {
        for (Place place : places) {
            try {
                Instant now = clock.instant();
                ours.record(order.at(place.location(), place.size()));
                machines.order(request.name(), machine(request, place, boot, now));
                log.info(
                        "event=machine.ordered run={} size={} location={} spot={}",
                        request.name(),
                        place.size(),
                        place.location(),
                        request.machine().spot());
                return;
            } catch (ArmRefusal refusal) {
                if (!refusal.isBetterElsewhere() || place.equals(places.getLast())) {
                    throw refusal;
                }
                log.info("event=machine.elsewhere run={} reason=\"{}\"", request.name(), refusal.getMessage());
            }
        }
    }

    private VirtualMachineInner machine(RunRequest request, Place place, String boot, Instant now) {
        return orders.of(
                request.name(),
                place,
                Objects.requireNonNullElse(request.image(), settings.image()),
                request.machine().spot(),
                RunTags.of(instance, request, now),
                boot);
    }
}
