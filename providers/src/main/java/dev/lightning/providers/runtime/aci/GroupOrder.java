package dev.lightning.providers.runtime.aci;

import dev.lightning.providers.runtime.RunRejectedException;
import dev.lightning.providers.runtime.RunRequest;
import dev.lightning.providers.runtime.azure.ArmRefusal;
import dev.lightning.providers.runtime.azure.ArmSettings;
import dev.lightning.providers.runtime.azure.RunBlobs;
import dev.lightning.providers.runtime.azure.RunLinks;
import dev.lightning.providers.runtime.azure.RunOrder;
import dev.lightning.providers.runtime.azure.RunTags;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Orders a run's group where there is room for it, and no second one however often it is asked to. */
final class GroupOrder {
    private static final Logger log = LoggerFactory.getLogger(GroupOrder.class);
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private final String instance;
    private final ArmSettings azure;
    private final GroupPlan plan;
    private final Groups groups;
    private final RunBlobs blobs;
    private final Clock clock;

    GroupOrder(String instance, ArmSettings azure, AciSettings settings, Groups groups, RunBlobs blobs, Clock clock) {
        this.instance = instance;
        this.azure = azure;
        this.plan = new GroupPlan(settings);
        this.groups = groups;
        this.blobs = blobs;
        this.clock = clock;
    }

    void place(RunRequest request) {
        check(request);
        String name = request.name();
        if (groups.require(name).isPresent()) {
            log.info(
                    "event=run.adopted run={} workflow={}",
                    name,
                    request.labels().workflowId());
            return;
        }
        String size = GroupPlan.size(request).words();
        RunOrder order = blobs.order(
                name,
                new RunOrder(
                        request.labels().workflowId(),
                        clock.instant(),
                        azure.locations(request.attempt()).getFirst(),
                        size,
                        request.machine().spot(),
                        AciRuntime.KIND));
        blobs.fill(request);
        try (RunBlobs.Ordering alone = blobs.ordering(name)) {
            if (groups.require(name).isEmpty()) {
                placeSomewhere(request, order, alone);
            }
        }
    }

    private void placeSomewhere(RunRequest request, RunOrder order, RunBlobs.Ordering alone) {
        Duration lifetime = shorter(request.limits().lifetime(), blobs.longestLifetime());
        RunLinks links = blobs.links(request.name(), lifetime);
        Map<String, String> tags = RunTags.of(instance, request, order.createdAt());
        ArmRefusal full = null;
        for (String location : azure.locations(request.attempt())) {
            RunOrder here = order.at(location, order.size(), clock.instant());
            alone.record(here);
            full = refusal(alone, () -> {
                Optional<String> operation =
                        groups.order(request.name(), plan.of(request, tags, location, links, lifetime));
                alone.record(here.with(operation.orElse(null)));
            });
            if (full == null) {
                log.info(
                        "event=run.ordered run={} workflow={} location={} size=\"{}\"",
                        request.name(),
                        request.labels().workflowId(),
                        location,
                        order.size());
                return;
            }
            log.info("event=run.location.full run={} location={}", request.name(), location);
        }
        if (full != null) {
            throw full;
        }
    }

    /**
     * That there is no room here, null when there was; other trouble is thrown. A second order for a group that is there
     * begins its program again, and one without an answer may yet be carried out.
     */
    private static @Nullable ArmRefusal refusal(RunBlobs.Ordering alone, Runnable attempt) {
        try {
            attempt.run();
            return null;
        } catch (ArmRefusal refusal) {
            if (refusal.kind() == ArmRefusal.Kind.UNHEARD) {
                alone.doubt();
            }
            if (refusal.isBetterElsewhere()) {
                return refusal;
            }
            throw refusal;
        }
    }

    private static void check(RunRequest request) {
        if (!NAME.matcher(request.name()).matches()) {
            throw new RunRejectedException("A run's name has 1 to 63 characters of a-z, 0-9 and -", null);
        }
        if (request.image() == null || request.image().isBlank()) {
            throw new RunRejectedException("A run in a container group needs an image", null);
        }
        if (request.command().isEmpty()) {
            throw new RunRejectedException(
                    "A run in a container group needs a command: the image's own cannot be seen from here", null);
        }
        if (!request.network()) {
            throw new RunRejectedException(
                    "A container group always has a network; say network: true in the tool's definition", null);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
