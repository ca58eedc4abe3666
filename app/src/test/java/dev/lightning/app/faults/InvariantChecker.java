package dev.lightning.app.faults;

import static org.awaitility.Awaitility.await;

import dev.lightning.api.security.OwnerKeys;
import dev.lightning.app.faults.Journal.Line;
import dev.lightning.app.faults.Journal.Word;
import dev.lightning.app.faults.LoadClient.Wanted;
import dev.lightning.providers.storage.Entity;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.rows.EventRow;
import dev.lightning.providers.storage.rows.EventRows;
import dev.lightning.providers.testing.NotifySink;
import dev.lightning.providers.testing.SinkCall;
import dev.lightning.providers.testing.StandInModel;
import dev.lightning.workflows.events.EventOutcome;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowExecutionMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Joins what the client was told, what the outside saw, the store's rows and Temporal's runs, and says where they differ. */
final class InvariantChecker {
    private static final String ALICE = OwnerKeys.builtIn("alice").key();
    /** Visibility lags a little; a message that was handed over has gaps of minutes. */
    private static final Duration ALL_CLOSED = Duration.ofMinutes(3);

    private final EntityStore store;
    private final TemporalEvidence temporal;
    private final Journal journal;
    private final StandInModel model;
    private final NotifySink sink;
    private final Chaos chaos;
    private final List<String> violations = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    InvariantChecker(
            EntityStore store,
            TemporalEvidence temporal,
            Journal journal,
            StandInModel model,
            NotifySink sink,
            Chaos chaos) {
        this.store = store;
        this.temporal = temporal;
        this.journal = journal;
        this.model = model;
        this.sink = sink;
        this.chaos = chaos;
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    /** The counts on one line. */
    String summary() {
        return counts.entrySet().stream()
                .map(count -> count.getKey() + "=" + count.getValue())
                .collect(Collectors.joining(" "));
    }

    /** All events have ended. */
    void check(LoadClient load) {
        List<Wanted> events = load.posted();
        List<WorkflowExecutionMetadata> runs = closedRuns(events.size());
        countRequests(events);
        everyAcceptedEventIsOneRowAndOneRun(events, runs);
        rowAndTemporalAgreeOnOneEnd(events, load);
        noModelCallIsRepeatedWithoutACrash(events);
        everyMessageArrivedAndSaysOneThing(events);
        everyHistoryReplays(runs);
    }

    private List<WorkflowExecutionMetadata> closedRuns(int events) {
        await().atMost(ALL_CLOSED).until(() -> {
            List<WorkflowExecutionMetadata> runs = temporal.executions();
            return runs.size() >= events
                    && runs.stream()
                            .noneMatch(run ->
                                    run.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
        });
        return temporal.executions();
    }

    private void countRequests(List<Wanted> events) {
        List<Line> lines = journal.lines();
        counts.put("events", events.size());
        counts.put("requests", (int) count(lines, Word.INVOKE));
        counts.put("ok", (int) count(lines, Word.OK));
        counts.put("fail", (int) count(lines, Word.FAIL));
        counts.put("unknown", (int) count(lines, Word.UNKNOWN));
        counts.put("worker_kills", chaos.workerKills().size());
        counts.put("temporal_kills", chaos.temporalKills().size());
        Map<String, List<Line>> accepted =
                lines.stream().filter(line -> line.word() == Word.OK).collect(Collectors.groupingBy(Line::id));
        counts.put("healed", (int) accepted.values().stream()
                .filter(answers -> answers.stream().allMatch(line -> line.status() == 200))
                .count());
        accepted.forEach((id, answers) -> require(
                answers.stream().filter(line -> line.status() == 202).count() <= 1, "I1", id + " was new twice"));
    }

    /** I1 and I5: one of each for whatever was accepted, never two for what was not. */
    private void everyAcceptedEventIsOneRowAndOneRun(List<Wanted> events, List<WorkflowExecutionMetadata> runs) {
        Map<String, Long> runsOf = runs.stream()
                .collect(Collectors.groupingBy(run -> run.getExecution().getWorkflowId(), Collectors.counting()));
        List<EventRow> rows = allRows();
        Map<String, Long> rowsOf = rows.stream().collect(Collectors.groupingBy(EventRow::id, Collectors.counting()));
        for (Wanted event : events) {
            require(
                    rowsOf.getOrDefault(event.id(), 0L) == 1,
                    "I1",
                    event.id() + " has rows: " + rowsOf.get(event.id()));
            Long found = runsOf.get(workflowId(event));
            require(found != null && found == 1, "I1", event.id() + " has runs: " + found);
        }
        require(rows.size() == events.size(), "I5", rows.size() + " rows for " + events.size() + " events");
        long eventRuns = runs.stream()
                .filter(run -> run.getWorkflowType().equals("Event"))
                .count();
        require(eventRuns == events.size(), "I5", eventRuns + " runs for " + events.size() + " events");
        counts.put("deliveries", (int) (runs.size() - eventRuns));
    }

    /** I2: the row has exactly one end, it is Temporal's, and nobody ever saw another. */
    private void rowAndTemporalAgreeOnOneEnd(List<Wanted> events, LoadClient load) {
        EventRows rows = new EventRows(store);
        for (Wanted event : events) {
            Optional<EventRow> row = rows.find(ALICE, event.id());
            if (row.isEmpty() || row.get().runs().size() != 1) {
                violations.add("I2 " + event.id() + " has no row with one end: " + row);
                continue;
            }
            WorkflowExecution run = WorkflowExecution.newBuilder()
                    .setWorkflowId(workflowId(event))
                    .setRunId(row.get().runs().getFirst().runId())
                    .build();
            EventOutcome outcome = temporal.client()
                    .newUntypedWorkflowStub(run.getWorkflowId(), Optional.of(run.getRunId()), Optional.empty())
                    .getResult(EventOutcome.class);
            String expected = event.type().startsWith("nobody.") ? "UNROUTED" : "COMPLETED";
            require(
                    row.get().status().equals(expected),
                    "I2",
                    event.id() + " ended " + row.get().standing());
            require(
                    outcome.status().name().equals(row.get().status()),
                    "I2",
                    event.id() + " is " + outcome + " in Temporal and "
                            + row.get().status() + " in its row");
        }
        load.changedTheirEnd().forEach(change -> violations.add("I2 " + change));
        load.terminalStatesSeen()
                .forEach((id, seen) -> require(
                        rows.find(ALICE, id)
                                .filter(row -> row.status().equals(seen))
                                .isPresent(),
                        "I2",
                        id + " was seen " + seen));
    }

    /** I3: between two calls for one effect lies a kill of the worker, and none comes after the record. */
    private void noModelCallIsRepeatedWithoutACrash(List<Wanted> events) {
        List<StandInModel.Call> modelCalls = model.calls();
        Map<String, List<StandInModel.Call>> callsOf = modelCalls.stream()
                .collect(Collectors.groupingBy(StandInModel.Call::key, TreeMap::new, Collectors.toList()));
        long chats = events.stream().filter(InvariantChecker::isChat).count();
        require(callsOf.size() == chats, "I3", callsOf.size() + " effects for " + chats + " chats");
        callsOf.forEach((key, calls) -> {
            for (int n = 1; n < calls.size(); n++) {
                Instant before = calls.get(n - 1).at();
                Instant after = calls.get(n).at();
                require(
                        chaos.workerKills().stream().anyMatch(kill -> kill.isBetween(before, after)),
                        "I3",
                        key + " was asked again at " + after + " without a crash since " + before);
            }
            Instant recorded = recordedAt(key);
            require(
                    recorded != null && !calls.getLast().at().isAfter(recorded),
                    "I3",
                    key + " was asked at " + calls.getLast().at() + ", recorded at " + recorded);
        });
        counts.put("model_calls", modelCalls.size());
        Instant lastKill = chaos.workerKills().getLast().begun();
        counts.put("model_calls_under_fire", (int)
                modelCalls.stream().filter(call -> call.at().isBefore(lastKill)).count());
        counts.put("model_repeats", modelCalls.size() - callsOf.size());
    }

    /** I4: at least one 2xx for each message, always under one id and with one body. */
    private void everyMessageArrivedAndSaysOneThing(List<Wanted> events) {
        List<SinkCall> notifications = sink.calls();
        Map<String, List<SinkCall>> callsOf =
                notifications.stream().collect(Collectors.groupingBy(call -> String.valueOf(call.eventId())));
        int messages = 0;
        for (Wanted event : events) {
            if (event.type().startsWith("nobody.")) {
                require(!callsOf.containsKey(event.id()), "I4", event.id() + " was nobody's and yet announced");
                continue;
            }
            messages++;
            String message = isChat(event) ? event.id() + "~1" : event.id();
            List<SinkCall> calls = callsOf.getOrDefault(message, List.of());
            require(calls.stream().anyMatch(call -> call.status() == 200), "I4", message + " did not arrive");
            require(calls.stream().map(SinkCall::webhookId).distinct().count() <= 1, "I4", message + " has two ids");
            require(
                    calls.stream().map(SinkCall::bodySha256).distinct().count() <= 1,
                    "I4",
                    message + " says two things");
        }
        require(callsOf.size() == messages, "I4", callsOf.size() + " messages arrived, not " + messages);
        long good = notifications.stream().filter(call -> call.status() == 200).count();
        counts.put("notifications", notifications.size());
        counts.put("notification_repeats", (int) good - messages);
    }

    /** I10, with the code that runs today. */
    private void everyHistoryReplays(List<WorkflowExecutionMetadata> runs) {
        temporal.thatDoNotReplay(runs.stream()
                        .map(run -> temporal.history(run.getExecution()))
                        .toList())
                .forEach(broken -> violations.add("I10 " + broken));
        counts.put("histories", runs.size());
    }

    private List<EventRow> allRows() {
        EventRows rows = new EventRows(store);
        List<EventRow> all = new ArrayList<>();
        var page = rows.list(ALICE, _ -> true, null, 500);
        all.addAll(page.rows());
        while (page.nextRow() != null) {
            page = rows.list(ALICE, _ -> true, page.nextRow(), 500);
            all.addAll(page.rows());
        }
        return all;
    }

    private Instant recordedAt(String key) {
        int slash = key.indexOf('/');
        Entity effect = store.get(Table.EFFECTS, key.substring(0, slash), key.substring(slash + 1))
                .orElse(null);
        return effect == null || effect.properties().text("result") == null
                ? null
                : effect.properties().requireInstant("at");
    }

    private void require(boolean holds, String invariant, String otherwise) {
        if (!holds) {
            violations.add(invariant + " " + otherwise);
        }
    }

    private static boolean isChat(Wanted event) {
        return event.type().equals("llm.chat");
    }

    private static String workflowId(Wanted event) {
        return "event-" + ALICE + "-" + event.id();
    }

    private static long count(List<Line> lines, Word word) {
        return lines.stream().filter(line -> line.word() == word).count();
    }
}
