package dev.lightning.api.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.workflows.events.EventStatus;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class ScheduleControlControllerTest {
    private final ScheduleApi api = new ScheduleApi(10);

    @BeforeEach
    void make_one_of_each_kind() {
        api.post("", """
                {"id":"daily","event":{"type":"a.b"},"cron":"0 8 * * *"}""");
        api.post("", """
                {"id":"once","event":{"type":"a.b"},"timestamp":"2026-11-22T08:00:00Z"}""");
    }

    @Test
    void a_pause_has_a_reason_and_no_next_run_until_it_is_resumed() {
        MvcTestResult paused = api.post("/daily:pause", "{\"reason\":\"holidays\"}");

        assertThat(paused).hasStatus(200);
        assertThat(paused).bodyJson().extractingPath("paused").isEqualTo(true);
        assertThat(paused).bodyJson().extractingPath("pauseReason").isEqualTo("holidays");
        assertThat(paused).bodyJson().doesNotHavePath("nextRunTime");
        assertThat(api.post("/daily:resume", ""))
                .hasStatus(200)
                .bodyJson()
                .extractingPath("paused")
                .isEqualTo(false);
        assertThat(api.post("/daily:pause", ""))
                .bodyJson()
                .extractingPath("pauseReason")
                .isEqualTo("Paused by alice");
        assertThat(api.post("/daily:pause", "{\"reason\":\"" + "x".repeat(401) + "\"}"))
                .hasStatus(400);
    }

    @Test
    void a_trigger_and_a_backfill_start_runs() {
        assertThat(api.post("/daily:trigger", "")).hasStatus(202);
        assertThat(api.post("/daily:backfill", range("2026-11-01T00:00:00Z", "2026-11-03T00:00:00Z")))
                .hasStatus(202)
                .bodyJson()
                .extractingPath("runs")
                .isEqualTo(3);
        assertThat(api.crons.calls)
                .containsExactly("trigger daily", "backfill daily 2026-11-01T00:00:00Z 2026-11-03T00:00:00Z");
    }

    @Test
    void a_backfill_is_bounded() {
        assertThat(api.post("/daily:backfill", range("2026-11-03T00:00:00Z", "2026-11-01T00:00:00Z")))
                .hasStatus(400);
        assertThat(api.post("/daily:backfill", range("2026-11-03T00:00:00Z", "2026-11-22T00:00:00Z")))
                .hasStatus(400);
        assertThat(api.post("/daily:backfill", range("2020-11-03T00:00:00Z", "2026-11-01T00:00:00Z")))
                .hasStatus(400);
        MvcTestResult empty = api.post("/daily:backfill", "{}");
        assertThat(empty)
                .hasStatus(400)
                .bodyJson()
                .extractingPath("errors[*].field")
                .asArray()
                .containsExactly("from", "to");
        api.crons.matching = 1_000;
        assertThat(api.post("/daily:backfill", range("2026-11-01T00:00:00Z", "2026-11-03T00:00:00Z")))
                .hasStatus(400);
        api.crons.matching = 0;
        assertThat(api.post("/daily:backfill", range("2026-11-01T00:00:00Z", "2026-11-03T00:00:00Z")))
                .hasStatus(400);
        assertThat(api.crons.calls).isEmpty();
    }

    @Test
    void a_one_shot_moves_until_it_has_started() {
        MvcTestResult moved = api.post("/once:reschedule", "{\"timestamp\":\"2026-12-24T18:00:00Z\"}");

        assertThat(moved)
                .hasStatus(200)
                .bodyJson()
                .extractingPath("nextRunTime")
                .isEqualTo("2026-12-24T18:00:00Z");
        assertThat(api.get("")).bodyJson().extractingPath("schedules[1].due").isEqualTo("2026-12-24T18:00:00Z");
        for (String wrong :
                List.of("{}", "{\"timestamp\":\"2026-11-01T00:00:00Z\"}", "{\"timestamp\":\"2028-01-01T00:00:00Z\"}")) {
            assertThat(api.post("/once:reschedule", wrong)).hasStatus(400);
        }
        api.oneShots.started(Given.key("once"));
        assertThat(api.post("/once:reschedule", "{\"timestamp\":\"2026-12-24T18:00:00Z\"}"))
                .hasStatus(409);
        assertThat(api.delete("/once")).hasStatus(409);
        assertThat(api.get("/once")).bodyJson().extractingPath("status").isEqualTo("RUNNING");
    }

    @ParameterizedTest
    @CsvSource({
        "CANCELLED,The event was cancelled",
        "COMPLETED,The event has ended",
        "RUNNING,The event has already started"
    })
    void what_can_no_longer_move_says_why(EventStatus status, String why) {
        api.oneShots.ended(Given.key("once"), status);

        assertThat(api.post("/once:reschedule", "{\"timestamp\":\"2026-12-24T18:00:00Z\"}"))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("detail")
                .isEqualTo(why);
    }

    @Test
    void every_wrong_or_unknown_field_of_a_verbs_body_is_named_at_once() {
        assertThat(api.post("/daily:backfill", "{\"from\":5,\"to\":[],\"colour\":1}"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("errors[*].field")
                .asArray()
                .containsExactlyInAnyOrder("from", "to", "colour");
        assertThat(api.post("/daily:pause", "{\"reason\":5,\"colour\":1}"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("errors[*].field")
                .asArray()
                .containsExactlyInAnyOrder("reason", "colour");
        assertThat(api.post("/once:reschedule", "[]")).hasStatus(400);
    }

    @Test
    void each_kind_refuses_the_others_verbs_with_a_sentence() {
        for (String verb : List.of("pause", "resume", "trigger", "backfill")) {
            assertThat(api.post("/once:" + verb, "{}"))
                    .hasStatus(409)
                    .bodyJson()
                    .extractingPath("detail")
                    .asString()
                    .startsWith("A one-shot schedule cannot be");
        }
        assertThat(api.post("/daily:reschedule", "{\"timestamp\":\"2026-12-24T18:00:00Z\"}"))
                .hasStatus(409);
    }

    @Test
    void nothing_happens_to_what_does_not_exist_or_belongs_to_somebody_else() {
        assertThat(api.post("/none:pause", "{}")).hasStatus(404);
        api.as("bob", false);
        for (String verb : List.of("pause", "resume", "trigger", "backfill", "reschedule")) {
            assertThat(api.post("/daily:" + verb, "{}")).hasStatus(404);
        }
        assertThat(api.post("/daily:pause?userID=alice", "{}")).hasStatus(403);
    }

    @Test
    void without_temporal_the_answer_is_503() {
        api.crons.away = true;

        assertThat(api.post("/daily:trigger", "")).hasStatus(503);
        assertThat(api.get("/daily")).hasStatus(503);
        assertThat(api.delete("/daily")).hasStatus(503);
    }

    private static String range(String from, String to) {
        return "{\"from\":\"" + from + "\",\"to\":\"" + to + "\"}";
    }
}
