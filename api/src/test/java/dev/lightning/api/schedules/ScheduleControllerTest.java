package dev.lightning.api.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.lightning.providers.storage.rows.ScheduleRow;
import dev.lightning.workflows.events.EventStatus;
import java.io.UnsupportedEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class ScheduleControllerTest {
    private static final String DAILY = """
            {"id":"daily","event":{"type":"llm.chat"},"cron":"0 8 * * *","timeZone":"Europe/Berlin"}""";
    private static final String TOMORROW = """
            {"id":"tomorrow","event":{"type":"llm.chat"},"timestamp":"2026-11-22T09:00:00+01:00"}""";

    private final ScheduleApi api = new ScheduleApi(3);

    @Test
    void a_cron_schedule_is_made_with_the_defaults() {
        MvcTestResult made = api.post("", DAILY);

        assertThat(made).hasStatus(201).hasHeader("Location", "/api/schedule/daily");
        assertThat(made).bodyJson().extractingPath("scheduleId").isEqualTo("daily");
        assertThat(made).bodyJson().extractingPath("kind").isEqualTo("cron");
        assertThat(made).bodyJson().extractingPath("overlap").isEqualTo("SKIP");
        assertThat(made).bodyJson().extractingPath("catchUpWindow").isEqualTo("PT1H");
        assertThat(made).bodyJson().extractingPath("timeZone").isEqualTo("Europe/Berlin");
        assertThat(made).bodyJson().extractingPath("nextRunTime").isEqualTo("2027-01-01T08:00:00Z");
        assertThat(made).bodyJson().extractingPath("nextRunTimes").asArray().hasSize(5);
        assertThat(api.crons.template(Given.key("daily")).type()).isEqualTo("llm.chat");
    }

    @Test
    void a_cron_schedule_takes_every_field() {
        MvcTestResult made = api.post("", """
                {"id":"full","event":{"type":"a.b"},"cron":"0 0 8 1 * mon","timeZone":"America/New_York",
                 "overlap":"buffer_one","catchUpWindow":"30m","dayMatch":"and"}""");

        assertThat(made).hasStatus(201);
        assertThat(api.crons.timing(Given.key("full")))
                .isEqualTo(new Timing.Cron(
                        "0 0 8 1 * mon",
                        "0 0 8 1 * mon *",
                        false,
                        "America/New_York",
                        Overlap.BUFFER_ONE,
                        Duration.ofMinutes(30)));
    }

    @Test
    void a_one_shot_sleeps_until_it_is_due() {
        MvcTestResult made = api.post("", TOMORROW);

        assertThat(made).hasStatus(201).hasHeader("Location", "/api/schedule/tomorrow");
        assertThat(made).bodyJson().extractingPath("kind").isEqualTo("once");
        assertThat(made).bodyJson().extractingPath("nextRunTime").isEqualTo("2026-11-22T08:00:00Z");
        assertThat(api.oneShots.find(Given.key("tomorrow")))
                .get()
                .extracting(OneShotState::due)
                .isEqualTo(Instant.parse("2026-11-22T08:00:00Z"));
        assertThat(api.get("/tomorrow")).bodyJson().extractingPath("status").isEqualTo("SCHEDULED");
    }

    @Test
    void the_flat_form_takes_the_timestamp_for_the_due_time_and_cron_wins_over_it() {
        MvcTestResult once = api.post("", """
                {"id":"flat","type":"a.b","timestamp":"2026-11-22T08:00:00Z"}""");
        MvcTestResult cron = api.post("", """
                {"id":"flat-cron","type":"a.b","timestamp":"2026-01-01T00:00:00Z","cron":"@daily"}""");

        assertThat(once).hasStatus(201).bodyJson().extractingPath("due").isEqualTo("2026-11-22T08:00:00Z");
        assertThat(cron).hasStatus(201).bodyJson().extractingPath("kind").isEqualTo("cron");
        assertThat(api.crons.template(Given.key("flat-cron")).time()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void a_schedule_without_an_id_gets_its_events() {
        assertThat(api.post("", """
                {"event":{"type":"a.b"},"cron":"@daily"}"""))
                .hasStatus(201)
                .bodyJson()
                .extractingPath("scheduleId")
                .isEqualTo("made-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a b", "", "\u2603", "a\\nb", "x~1", ".", ".."})
    void an_id_that_no_event_can_have_is_refused_by_its_name(String id) {
        MvcTestResult refused = api.post("", """
                {"id":"%s","event":{"type":"a.b"},"cron":"@daily"}""".formatted(id));

        assertThat(refused).hasStatus(400);
        assertThat(refused)
                .bodyJson()
                .extractingPath("errors[*].field")
                .asArray()
                .containsExactly("id");
    }

    @Test
    void everything_wrong_is_said_at_once() {
        MvcTestResult refused = api.post("", """
                {"id":"not ok","event":{},"cron":"61 * * * *","timestamp":"2026-11-22T08:00:00Z","timeZone":"Mars/One",
                 "overlap":"maybe","catchUpWindow":"1s","dayMatch":"or","colour":"red"}""");

        assertThat(refused).hasStatus(400);
        assertThat(refused)
                .bodyJson()
                .extractingPath("errors[*].field")
                .asArray()
                .containsExactlyInAnyOrder(
                        "timestamp",
                        "cron",
                        "timeZone",
                        "overlap",
                        "catchUpWindow",
                        "dayMatch",
                        "colour",
                        "id",
                        "event.type");
    }

    @Test
    void a_time_long_past_too_far_ahead_or_without_zone_is_refused_and_one_just_past_runs_at_once() {
        for (String time : List.of(
                "2026-11-21T11:58:59Z", "2027-11-22T12:00:00Z", "2026-11-22T08:00:00", "2026-11-22", "soon", "")) {
            MvcTestResult refused = api.post("", "{\"event\":{\"type\":\"a.b\"},\"timestamp\":\"" + time + "\"}");
            assertThat(refused).hasStatus(400);
            assertThat(refused).bodyJson().extractingPath("errors[0].field").isEqualTo("timestamp");
        }

        assertThat(api.post("", """
                {"id":"now","event":{"type":"a.b"},"timestamp":"2026-11-21T11:59:01Z"}""")).hasStatus(201);
        assertThat(api.oneShots.find(Given.key("now")).orElseThrow().due()).isNull();
    }

    @Test
    void fields_of_a_cron_beside_a_timestamp_and_a_body_that_is_no_object_are_refused() {
        assertThat(api.post("", """
                {"event":{"type":"a.b"},"timestamp":"2026-11-22T08:00:00Z","overlap":"SKIP"}""")).hasStatus(400);
        assertThat(api.post("", "{\"event\":{\"type\":\"a.b\"}}")).hasStatus(400);
        assertThat(api.post("", "{\"event\":7,\"cron\":7}")).hasStatus(400);
        assertThat(api.post("", "[]")).hasStatus(400);
        assertThat(api.post("", "null")).hasStatus(400);
        assertThat(api.post("", "{")).hasStatus(400);
    }

    @Test
    void the_same_again_is_answered_the_same_and_another_body_is_a_conflict() {
        api.post("", DAILY);
        api.post("", TOMORROW);
        api.later(Duration.ofDays(2));

        assertThat(api.post("", DAILY))
                .hasStatus(200)
                .bodyJson()
                .extractingPath("nextRunTime")
                .isEqualTo("2027-01-01T08:00:00Z");
        assertThat(api.post("", TOMORROW))
                .hasStatus(200)
                .bodyJson()
                .extractingPath("nextRunTime")
                .isEqualTo("2026-11-22T08:00:00Z");
        assertThat(api.post("", DAILY.replace("0 8", "0 9"))).hasStatus(409);
        assertThat(api.post("", TOMORROW.replace("daily", "x").replace("09:00", "10:00")))
                .hasStatus(409);
    }

    @Test
    void a_crash_between_row_and_schedule_heals_on_repeat_and_shows_in_no_list_until_then() {
        api.crons.away = true;
        assertThat(api.post("", DAILY)).hasStatus(503);
        api.crons.away = false;

        assertThat(api.get("")).bodyJson().extractingPath("schedules").asArray().isEmpty();
        assertThat(api.post("", DAILY)).hasStatus(200);
        assertThat(api.get("")).bodyJson().extractingPath("schedules").asArray().hasSize(1);
    }

    @Test
    void a_row_that_was_never_confirmed_is_listed_once_temporal_holds_its_schedule_and_else_let_go_after_a_day() {
        api.rows.insert(Given.ALICE.key(), unconfirmed("lost"));
        api.rows.insert(Given.ALICE.key(), unconfirmed("kept"));
        api.crons.create(Given.key("kept"), Given.template(Given.key("kept"), "a.b"), Given.cron("@daily", "UTC"));

        assertThat(api.get(""))
                .bodyJson()
                .extractingPath("schedules[*].scheduleId")
                .asArray()
                .containsExactly("kept");
        assertThat(api.rows.find(Given.ALICE.key(), "kept").orElseThrow().confirmed())
                .isTrue();
        api.later(Duration.ofHours(25));
        api.get("");
        assertThat(api.rows.find(Given.ALICE.key(), "lost")).isEmpty();
    }

    @Test
    void an_event_of_the_same_id_that_is_not_this_schedules_is_a_conflict_and_leaves_no_row() {
        api.oneShots.posted(Given.key("tomorrow"));

        assertThat(api.post("", TOMORROW)).hasStatus(409);
        assertThat(api.rows.find(Given.ALICE.key(), "tomorrow")).isEmpty();
    }

    @Test
    void a_one_shot_that_was_called_off_does_not_come_back() {
        api.post("", TOMORROW);
        assertThat(api.delete("/tomorrow")).hasStatus(204);

        assertThat(api.get("/tomorrow")).hasStatus(404);
        assertThat(api.post("", TOMORROW)).hasStatus(409);
        assertThat(api.rows.find(Given.ALICE.key(), "tomorrow")).isEmpty();
    }

    @Test
    void a_cron_that_names_no_coming_time_is_refused_and_leaves_nothing_behind() {
        api.crons.exhausted = true;

        assertThat(api.post("", DAILY))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("errors[0].field")
                .isEqualTo("cron");
        assertThat(api.crons.find(Given.key("daily"))).isEmpty();
        assertThat(api.rows.find(Given.ALICE.key(), "daily")).isEmpty();
    }

    @Test
    void a_user_may_have_so_many_schedules_and_ended_ones_do_not_count() {
        for (int n = 0; n < 3; n++) {
            assertThat(api.post("", TOMORROW.replace("\"tomorrow\"", "\"t" + n + "\"")))
                    .hasStatus(201);
        }

        assertThat(api.post("", DAILY)).hasStatus(409);
        api.later(Duration.ofDays(2));
        assertThat(api.post("", DAILY)).hasStatus(201);
        api.later(Duration.ofDays(8));
        assertThat(api.post("", DAILY.replace("\"daily\"", "\"daily2\""))).hasStatus(201);
        assertThat(api.rows.find(Given.ALICE.key(), "t0")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = EventStatus.class,
            names = {"COMPLETED", "FAILED", "CANCELLED", "UNROUTED"})
    void a_one_shot_that_has_ended_is_listed_as_such_takes_no_room_and_can_be_deleted(EventStatus status) {
        for (int n = 0; n < 3; n++) {
            api.post("", TOMORROW.replace("\"tomorrow\"", "\"t" + n + "\""));
        }
        api.oneShots.ended(Given.key("t1"), status);

        assertThat(api.get(""))
                .bodyJson()
                .extractingPath("schedules[*].status")
                .asArray()
                .containsExactly("SCHEDULED", status.name(), "SCHEDULED");
        assertThat(api.post("", DAILY)).hasStatus(201);
        assertThat(api.post("", DAILY.replace("\"daily\"", "\"daily2\""))).hasStatus(409);
        assertThat(api.delete("/t1")).hasStatus(204);
        assertThat(api.get("/t1")).hasStatus(404);
        assertThat(api.delete("/t1")).hasStatus(404);
    }

    @Test
    void a_one_shot_that_runs_is_not_deleted() {
        api.post("", TOMORROW);
        api.oneShots.started(Given.key("tomorrow"));

        assertThat(api.delete("/tomorrow")).hasStatus(409);
        assertThat(api.get("/tomorrow")).hasStatus(200);
    }

    @Test
    void lists_go_page_by_page_and_show_own_schedules_only() {
        api.post("", DAILY);
        api.post("", TOMORROW);

        MvcTestResult first = api.get("?pageSize=1");
        assertThat(first)
                .bodyJson()
                .extractingPath("schedules[*].scheduleId")
                .asArray()
                .containsExactly("daily");
        String token = JsonPath.read(bodyOf(first), "$.nextPageToken");
        MvcTestResult second = api.get("?pageSize=1&pageToken=" + token);
        assertThat(second)
                .bodyJson()
                .extractingPath("schedules[*].scheduleId")
                .asArray()
                .containsExactly("tomorrow");
        assertThat(second).bodyJson().doesNotHavePath("nextPageToken");
        assertThat(api.get("?pageSize=0")).hasStatus(400);
        assertThat(api.get("?pageSize=many")).hasStatus(400);
        assertThat(api.get("?limit=abc"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("errors[0].field")
                .isEqualTo("limit");
        assertThat(api.get("?pageToken=forged")).hasStatus(400);

        api.as("bob", false);
        assertThat(api.get("")).bodyJson().extractingPath("schedules").asArray().isEmpty();
        assertThat(api.get("?pageToken=" + token)).hasStatus(400);
        assertThat(api.get("/daily")).hasStatus(404);
        assertThat(api.delete("/daily")).hasStatus(404);
        assertThat(api.get("/daily?userID=alice")).hasStatus(403);
        api.as("root", true);
        assertThat(api.get("/daily?userID=alice")).hasStatus(200);
    }

    @Test
    void a_schedule_shows_its_next_and_latest_runs_and_what_was_missed() {
        api.post("", DAILY);

        MvcTestResult shown = api.get("/daily");

        assertThat(shown).bodyJson().extractingPath("cron").isEqualTo("0 8 * * *");
        assertThat(shown).bodyJson().extractingPath("paused").isEqualTo(false);
        assertThat(shown).bodyJson().extractingPath("recentRuns[0].eventId").isEqualTo("daily-run");
        assertThat(shown).bodyJson().extractingPath("missedRuns").isEqualTo(2);
        assertThat(shown).bodyJson().extractingPath("skippedRuns").isEqualTo(1);
        assertThat(api.get("/none")).hasStatus(404);
        assertThat(api.get("/not%20possible")).hasStatus(404);
    }

    private static String bodyOf(MvcTestResult result) {
        try {
            return result.getResponse().getContentAsString();
        } catch (UnsupportedEncodingException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static ScheduleRow unconfirmed(String id) {
        return new ScheduleRow(id, "hash", "a.b", ScheduleApi.NOON, null, "@daily", "UTC", false);
    }
}
