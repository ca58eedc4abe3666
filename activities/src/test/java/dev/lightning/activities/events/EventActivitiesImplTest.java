package dev.lightning.activities.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.EventRow;
import dev.lightning.providers.storage.rows.EventRows;
import dev.lightning.workflows.events.Emission;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.EventReport;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Owner;
import dev.lightning.workflows.events.Reason;
import dev.lightning.workflows.events.RunRecord;
import dev.lightning.workflows.events.Step;
import dev.lightning.workflows.events.StepState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class EventActivitiesImplTest {
    private static final Owner ALICE = new Owner("aliceaaaaaaa", "alice");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final EventRows rows = new EventRows(new InMemoryEntityStore());
    private final List<RunRecord> heard = new ArrayList<>();
    private final EventActivitiesImpl activities = new EventActivitiesImpl(rows, heard::add);

    @Test
    void a_scheduled_run_gets_its_row_however_often_it_says_so() {
        activities.recordArrival(event());
        activities.recordArrival(event());

        EventRow row = rows.find(ALICE.key(), "nightly-2026-11-21T12:00:00Z").orElseThrow();
        assertThat(row.status()).isEqualTo("RUNNING");
        assertThat(row.userId()).isEqualTo("alice");
        assertThat(rows.list(ALICE.key(), _ -> true, null, 10).rows()).hasSize(1);
    }

    @Test
    void the_report_of_a_run_can_be_read_back_as_it_was() {
        activities.recordArrival(event());
        EventReport report = report(EventStatus.FAILED);

        activities.recordOutcome(run("r1", report));
        activities.recordOutcome(run("r1", report));

        assertThat(heard).containsExactly(run("r1", report));

        EventRow row = rows.find(ALICE.key(), event().id().value()).orElseThrow();
        assertThat(row.status()).isEqualTo("FAILED");
        assertThat(row.standing().reasonCode()).isEqualTo("Chat.REJECTED");
        assertThat(row.runs()).hasSize(1);
        assertThat(JSON.readValue(row.report(), EventReport.class)).isEqualTo(report);
    }

    @Test
    void an_outcome_without_a_row_harms_nobody() {
        activities.recordOutcome(run("r1", report(EventStatus.COMPLETED)));

        assertThat(rows.find(ALICE.key(), event().id().value())).isEmpty();
    }

    private static RunRecord run(String runId, EventReport report) {
        return new RunRecord(ALICE, event().id(), runId, NOON, NOON.plusSeconds(1), report);
    }

    private static EventReport report(EventStatus status) {
        Event emitted = event().emit(
                        new EventId("event-1~1"),
                        new Emission(
                                "llm.chat.response",
                                Metadata.of(Map.of("cost", new BigDecimal("0.10000000000000000001"))),
                                null),
                        NOON);
        Step step = new Step("chat", event().id(), StepState.FAILED, 3, "refused", NOON, NOON.plusSeconds(1));
        return new EventReport(
                status, new Reason("Chat.REJECTED", "The model refused"), null, List.of(emitted), List.of(step));
    }

    private static Event event() {
        return Event.root(
                new EventId("nightly-2026-11-21T12:00:00Z"),
                "llm.chat",
                "test",
                NOON,
                NOON,
                ALICE,
                null,
                Metadata.empty(),
                null);
    }
}
