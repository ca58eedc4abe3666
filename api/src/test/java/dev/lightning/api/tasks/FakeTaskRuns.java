package dev.lightning.api.tasks;

import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.Owner;
import dev.lightning.workflows.tools.ApprovalDecision;
import dev.lightning.workflows.tools.QueuePlace;
import dev.lightning.workflows.tools.ToolRunProgress;
import dev.lightning.workflows.tools.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs that answer as scripted and remember what was asked of them. */
final class FakeTaskRuns implements TaskRuns {
    final List<String> asked = new ArrayList<>();
    Optional<ToolRunProgress> progress = Optional.empty();
    Optional<Event> event = Optional.empty();
    Optional<QueuePlace> place = Optional.empty();
    Optional<Trouble> trouble = Optional.empty();
    Ruling ruling = new Ruling.Made();
    boolean open = true;
    Extension extension = new Extension.Granted(Instant.parse("2026-11-21T13:00:00Z"));

    @Override
    public Optional<ToolRunProgress> progress(String workflowId) {
        asked.add("progress " + workflowId);
        return progress;
    }

    @Override
    public Optional<Event> event(String workflowId) {
        asked.add("event " + workflowId);
        return event;
    }

    @Override
    public Optional<QueuePlace> place(Owner owner, String workflowId) {
        asked.add("place " + owner.userId() + " " + workflowId);
        return place;
    }

    @Override
    public Optional<Trouble> trouble(String workflowId) {
        asked.add("trouble " + workflowId);
        return trouble;
    }

    @Override
    public Ruling decide(String workflowId, String runId, ApprovalDecision decision, Verdict verdict) {
        asked.add(decision + " " + workflowId + " " + runId + " by " + verdict.by() + " for " + verdict.reason());
        return ruling;
    }

    @Override
    public boolean cancel(String workflowId) {
        asked.add("cancel " + workflowId);
        return open;
    }

    @Override
    public Extension extend(String workflowId, Duration by) {
        asked.add("extend " + workflowId + " by " + by);
        return extension;
    }
}
