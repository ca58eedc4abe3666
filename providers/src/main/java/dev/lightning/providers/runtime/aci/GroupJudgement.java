package dev.lightning.providers.runtime.aci;

import com.azure.resourcemanager.containerinstance.models.Event;
import dev.lightning.providers.runtime.RunRejectedException;
import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.runtime.azure.ArmRefusal;
import dev.lightning.providers.runtime.azure.RunBlobs;
import dev.lightning.providers.runtime.azure.RunOrder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Says how a run stands whose agent has not told its end, by what Azure says of its group. */
final class GroupJudgement {
    private final Groups groups;
    private final RunBlobs blobs;
    private final Duration askAgain;
    private final Clock clock;

    GroupJudgement(Groups groups, RunBlobs blobs, Duration askAgain, Clock clock) {
        this.groups = groups;
        this.blobs = blobs;
        this.askAgain = askAgain;
        this.clock = clock;
    }

    /**
     * Throws {@link RunRejectedException} where the group failed for what the definition asks for.
     *
     * @param running what the agent has said so far
     */
    RunStatus of(String name, GroupStatus group, Optional<RunStatus> running) {
        if (group.hasFailedToCome()) {
            return failed(name, group);
        }
        if (group.isOver()) {
            return blobs.outcome(name).orElseGet(() -> unreported(name, group));
        }
        if (running.isEmpty()) {
            group.missingImage().ifPresent(GroupJudgement::refuse);
        }
        return running.orElseGet(() -> new RunStatus.Provisioning(askAgain));
    }

    /** A registry that wants fewer requests may be asked again; an image that it does not have will not come. */
    private static void refuse(String message) {
        if (!message.toLowerCase(Locale.ROOT).contains("toomanyrequests")) {
            throw new RunRejectedException("Azure refuses the run: " + message, null);
        }
    }

    private RunStatus failed(String name, GroupStatus group) {
        ArmRefusal reason = groups.failure(
                        blobs.order(name).map(RunOrder::operation).orElse(null))
                .orElseGet(() -> reason(group.trouble()));
        if (reason.kind() == ArmRefusal.Kind.REJECTED) {
            throw reason.told();
        }
        return new RunStatus.Interrupted(String.valueOf(reason.getMessage()));
    }

    private ArmRefusal reason(Optional<Event> trouble) {
        return groups.failed(
                trouble.map(Event::name).orElse("ProvisioningFailed"),
                trouble.map(Event::message).orElse(""));
    }

    /** The group has ended before its agent could say how the program did. */
    private RunStatus unreported(String name, GroupStatus group) {
        Optional<Instant> began = blobs.started(name).or(group::startedAt);
        if (began.isEmpty()) {
            return new RunStatus.Interrupted(group.failedFetch()
                    .map(code -> "The run's input could not be fetched from the storage account (status " + code
                            + "); see that container groups reach it")
                    .orElse("The container group ended before its program began"));
        }
        Optional<RunOrder> order = blobs.order(name);
        if (order.filter(RunOrder::spot).isPresent() && !blobs.isStopped(name)) {
            return new RunStatus.Interrupted("Azure took the spot capacity of the run away");
        }
        Instant ended =
                group.finishedAt().filter(end -> end.isAfter(began.get())).orElseGet(clock::instant);
        return new RunStatus.Ended(
                group.exitCode(),
                began.get(),
                ended,
                group.isOutOfMemory(),
                order.map(ordered -> ordered.usage(ended)).orElse(null));
    }
}
