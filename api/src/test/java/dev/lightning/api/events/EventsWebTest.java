package dev.lightning.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.api.SignedIn;
import dev.lightning.api.admission.Admission;
import dev.lightning.api.admission.OverloadSettings;
import dev.lightning.api.admission.PostsAtOnce;
import dev.lightning.api.admission.Urgency;
import dev.lightning.api.errors.ProductAdvice;
import dev.lightning.api.paging.PageTokens;
import dev.lightning.api.security.Caller;
import dev.lightning.api.security.OwnerKeys;
import dev.lightning.api.streaming.StreamSettings;
import dev.lightning.api.streaming.Streams;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.EventRow;
import dev.lightning.providers.storage.rows.EventRows;
import dev.lightning.providers.storage.rows.EventRun;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.EventReport;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.Reason;
import dev.lightning.workflows.events.Step;
import dev.lightning.workflows.events.StepState;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

class EventsWebTest {
    private final List<String> waiting = new ArrayList<>();
    private final SignedIn signedIn = new SignedIn();
    private static final Caller ALICE = new Caller(OwnerKeys.builtIn("alice"), false);
    private static final Caller ADMIN = new Caller(OwnerKeys.builtIn("root"), true);
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final String EVENT =
            "{\"timestamp\":\"2026-11-21T12:00:00Z\",\"source\":\"shop\",\"type\":\"order.created\",\"userID\":\"alice\"%s}";

    private final EventRows rows = new EventRows(new InMemoryEntityStore());
    private final FakeEventRuns runs = new FakeEventRuns();
    private final TestDelay delay = new TestDelay();
    private final Admission admission = delay.admission();
    private final PostsAtOnce posts = new PostsAtOnce(new OverloadSettings(null, 2));
    private Instant now = NOON;
    private MockMvcTester mvc = mvc(new EventSettings(null, null, null, "http://localhost:8233/"));

    @Test
    void an_event_is_accepted_once_and_known_after_that() {
        MvcTestResult first = post(EVENT.formatted(",\"id\":\"o-1\""));
        assertThat(first).hasStatus(HttpStatus.ACCEPTED).hasHeader("Location", "/api/events/o-1");
        assertThat(json(first).toString())
                .isEqualTo(
                        "{\"eventId\":\"o-1\",\"workflowId\":\"event-%s-o-1\",\"runId\":\"run-of-event-%s-o-1\",\"status\":\"accepted\"}"
                                .formatted(ALICE.owner().key(), ALICE.owner().key()));

        MvcTestResult second = post(EVENT.formatted(",\"id\":\"o-1\""));
        assertThat(second).hasStatus(HttpStatus.OK);
        assertThat(json(second).get("duplicate").booleanValue()).isTrue();
        assertThat(json(second).get("runId")).isEqualTo(json(first).get("runId"));

        assertThat(post(EVENT.formatted(",\"id\":\"o-1\",\"subject\":\"x\""))).hasStatus(HttpStatus.CONFLICT);
        assertThat(runs.started).hasSize(1);
    }

    @Test
    void a_conflict_between_cloud_events_is_told_in_their_own_names() {
        String event = "{\"specversion\":\"1.0\",\"id\":\"my 1\",\"source\":\"/shop\",\"type\":\"%s\"}";
        post(event.formatted("order.created"), "application/cloudevents+json");

        MvcTestResult refused = post(event.formatted("order.changed"), "application/cloudevents+json");

        assertThat(refused).hasStatus(HttpStatus.CONFLICT);
        assertThat(json(refused).get("detail").stringValue())
                .isEqualTo("There is another event with the source /shop and the id my 1");
    }

    @Test
    void an_idempotency_key_is_the_id_or_stands_for_it() {
        assertThat(json(postWithKey(EVENT.formatted(""), "k-1")).get("eventId").stringValue())
                .isEqualTo("k-1");
        String derived = json(postWithKey(EVENT.formatted(""), "any key/1"))
                .get("eventId")
                .stringValue();
        assertThat(EventId.isPostable(derived)).isTrue();
        assertThat(postWithKey(EVENT.formatted(""), "any key/1")).hasStatus(HttpStatus.OK);
        assertThat(postWithKey(EVENT.formatted(",\"id\":\"b\""), "a")).hasStatus(HttpStatus.BAD_REQUEST);
        assertThat(postWithKey(EVENT.formatted(",\"id\":\"a\""), "a")).hasStatus(HttpStatus.ACCEPTED);
        assertThat(postWithKey("[" + EVENT.formatted("") + "]", "a")).hasStatus(HttpStatus.BAD_REQUEST);
        assertThat(postWithKey(EVENT.formatted(""), "x".repeat(256))).hasStatus(HttpStatus.BAD_REQUEST);
    }

    @Test
    void a_batch_has_a_result_per_event() {
        MvcTestResult result = post("[" + EVENT.formatted(",\"id\":\"a\"") + "," + EVENT.formatted(",\"id\":\"a\"")
                + ",7," + EVENT.formatted(",\"nope\":1") + ","
                + EVENT.replace("alice", "bob").formatted("") + "]");

        assertThat(result).hasStatus(HttpStatus.MULTI_STATUS);
        JsonNode items = json(result);
        assertThat(items.valueStream().map(item -> item.get("status").intValue()))
                .containsExactly(202, 200, 400, 400, 403);
        assertThat(items.get(0).get("accepted").get("eventId").stringValue()).isEqualTo("a");
        assertThat(items.get(3).get("problem").toString()).contains("[3].nope");
    }

    @Test
    void a_batch_without_events_or_with_too_many_is_refused() {
        assertThat(post("[]")).hasStatus(HttpStatus.BAD_REQUEST);
        assertThat(post("[" + "1,".repeat(100) + "1]")).hasStatus(HttpStatus.BAD_REQUEST);
        assertThat(runs.asked).hasValue(0);
    }

    @Test
    void a_batch_does_not_wait_for_temporal_event_by_event() {
        runs.starting = _ -> new RunStart.Refused("UNAVAILABLE");

        JsonNode items = json(post("[" + EVENT.formatted("") + "," + EVENT.formatted("") + "]"));

        assertThat(items.valueStream().map(item -> item.get("status").intValue()))
                .containsExactly(503, 503);
        assertThat(runs.asked).hasValue(1);
    }

    @Test
    void under_overload_a_post_is_told_when_to_come_back_and_what_is_known_is_still_known() {
        post(EVENT.formatted(",\"id\":\"known\""));
        flood();

        MvcTestResult refused = post(EVENT.formatted(",\"id\":\"new\""));

        assertThat(refused).hasStatus(HttpStatus.TOO_MANY_REQUESTS);
        assertThat(Integer.parseInt(refused.getResponse().getHeader("Retry-After")))
                .isBetween(1, 30);
        assertThat(json(refused).get("type").stringValue()).isEqualTo("/problems/overloaded");
        assertThat(get("/api/events/new")).hasStatus(HttpStatus.NOT_FOUND);
        assertThat(post(EVENT.formatted(",\"id\":\"known\""))).hasStatus(HttpStatus.OK);
    }

    @Test
    void under_overload_an_array_has_a_result_per_event_and_says_when_the_others_may_come_again() {
        post(EVENT.formatted(",\"id\":\"known\""));
        flood();

        MvcTestResult result =
                post("[" + EVENT.formatted(",\"id\":\"new\"") + "," + EVENT.formatted(",\"id\":\"known\"") + "]");

        assertThat(result).hasStatus(HttpStatus.MULTI_STATUS).containsHeader("Retry-After");
        assertThat(json(result).valueStream().map(item -> item.get("status").intValue()))
                .containsExactly(429, 200);
    }

    @Test
    void an_array_is_less_urgent_than_a_post() {
        post("[" + EVENT.formatted("") + "]");
        post(EVENT.formatted(""));

        assertThat(runs.urgencies).containsExactly(Urgency.BATCH, Urgency.NORMAL);
    }

    @Test
    void more_posts_than_can_be_read_at_once_are_refused_unread() {
        try (PostsAtOnce.Place _ = posts.enter(ALICE.owner().key())) {
            assertThat(post(EVENT.formatted("")))
                    .hasStatus(HttpStatus.TOO_MANY_REQUESTS)
                    .containsHeader("Retry-After");
        }
        assertThat(post(EVENT.formatted(""))).hasStatus(HttpStatus.ACCEPTED);
    }

    /** So many outstanding events of Alice that nothing more is hers. */
    private void flood() {
        for (int n = 0; n < 100; n++) {
            admission.ask(ALICE.owner().key(), "flood-" + n, Urgency.NORMAL);
        }
        delay.becomes(Duration.ofSeconds(5));
    }

    @Test
    void cloud_events_are_taken_in_all_three_forms() {
        String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/a\",\"type\":\"a.b\",\"data\":{\"x\":1}}";
        MvcTestResult structured = post(event, "application/cloudevents+json; charset=UTF-8");
        assertThat(structured).hasStatus(HttpStatus.ACCEPTED);
        assertThat(json(structured).get("cloudEvent").toString()).isEqualTo("{\"source\":\"/a\",\"id\":\"1\"}");

        assertThat(mvc.post()
                        .uri("/api/events")
                        .contentType(MediaType.APPLICATION_JSON)
                        .header("ce-specversion", "1.0")
                        .header("ce-id", "1")
                        .header("ce-source", "/a")
                        .header("ce-type", "a.b")
                        .content("{\"x\":1}"))
                .hasStatus(HttpStatus.OK);
        JsonNode items = json(post("[" + event + ",{}]", "application/cloudevents-batch+json"));
        assertThat(items.valueStream().map(item -> item.get("status").intValue()))
                .containsExactly(200, 400);
        assertThat(post(event, "application/cloudevents-batch+json")).hasStatus(HttpStatus.BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}{}", "{\"a\":1,\"a\":2}", "nul"})
    void a_body_that_is_not_one_json_value_is_malformed(String body) {
        assertThat(post(body)).hasStatus(HttpStatus.BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/json;charset=latin1", "nonsense"})
    void other_content_types_are_refused(String type) {
        assertThat(post(EVENT.formatted(""), type)).hasStatus(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void a_body_over_the_limit_is_refused() {
        assertThat(post(EVENT.formatted(",\"subject\":\"" + "x".repeat(256 * 1024) + "\"")))
                .hasStatus(HttpStatus.CONTENT_TOO_LARGE);
    }

    @Test
    void without_temporal_or_over_the_rate_the_client_is_told_when_to_come_back() {
        runs.starting = _ -> new RunStart.Unknown("DEADLINE_EXCEEDED");
        assertThat(post(EVENT.formatted("")))
                .hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
                .containsHeader("Retry-After");

        mvc = mvc(new EventSettings(1, 100, null, null));
        runs.starting = runs::persist;
        String batch = "[" + (EVENT.formatted("") + ",").repeat(99) + EVENT.formatted("") + "]";
        assertThat(post(batch)).hasStatus(HttpStatus.MULTI_STATUS);
        assertThat(post(EVENT.formatted("")))
                .hasStatus(HttpStatus.TOO_MANY_REQUESTS)
                .containsHeader("Retry-After");
        signedIn.as(ADMIN);
        assertThat(post(EVENT.formatted(""))).hasStatus(HttpStatus.ACCEPTED);
    }

    @Test
    void an_open_event_shows_what_the_workflow_and_the_server_know() {
        post(EVENT.formatted(",\"id\":\"o-1\""));
        Step step = new Step("chat", new EventId("o-1"), StepState.RUNNING, 1, null, NOON, null);
        runs.state = new RunState.Open(
                "r1",
                NOON,
                new EventReport(EventStatus.RUNNING, null, null, List.of(), List.of(step)),
                List.of(new RunState.PendingStep("Chat.Reply", 4, "too busy")),
                false);

        JsonNode view = json(get("/api/events/o-1"));

        assertThat(view.get("status").stringValue()).isEqualTo("RUNNING");
        assertThat(view.get("live").booleanValue()).isTrue();
        assertThat(view.get("steps").get(0).get("attempts").intValue()).isEqualTo(4);
        assertThat(view.get("steps").get(0).get("lastError").stringValue()).isEqualTo("too busy");
        assertThat(view.get("runs").get(0).get("runId").stringValue()).isEqualTo("r1");
        assertThat(view.get("links").get("temporalUi").stringValue())
                .isEqualTo("http://localhost:8233/namespaces/default/workflows/event-"
                        + ALICE.owner().key() + "-o-1/r1/history");
    }

    @Test
    void a_step_that_needs_approval_says_so() {
        post(EVENT.formatted(",\"id\":\"o-1\""));
        Step pay = new Step("pay", new EventId("o-1"), StepState.RUNNING, 1, null, NOON, null);
        Step count = new Step("count", new EventId("o-1"), StepState.RUNNING, 1, null, NOON, null);
        EventReport report = new EventReport(EventStatus.RUNNING, null, null, List.of(), List.of(pay, count));
        runs.state = new RunState.Open("r1", NOON, report, List.of(), false);
        waiting.add("o-1.pay");

        JsonNode steps = json(get("/api/events/o-1")).get("steps");

        assertThat(steps.get(0).get("state").stringValue()).isEqualTo("AWAITING_APPROVAL");
        assertThat(steps.get(1).get("state").stringValue()).isEqualTo("RUNNING");
    }

    @Test
    void a_stuck_workflow_and_an_absent_temporal_show() {
        post(EVENT.formatted(",\"id\":\"o-1\""));
        runs.state = new RunState.Open("r1", NOON, null, List.of(), true);
        assertThat(json(get("/api/events/o-1")).get("stuck").booleanValue()).isTrue();
        runs.state = new RunState.Away();
        assertThat(json(get("/api/events/o-1")).get("live").booleanValue()).isFalse();
    }

    @Test
    void a_workflow_ended_behind_its_rows_back_heals_the_row() {
        post(EVENT.formatted(",\"id\":\"o-1\""));
        runs.state = new RunState.Closed(
                "r1", NOON, NOON, EventStatus.CANCELLED, new Reason("terminated", "An operator did it"), null);

        JsonNode view = json(get("/api/events/o-1"));

        assertThat(view.get("status").stringValue()).isEqualTo("CANCELLED");
        assertThat(view.get("reason").get("code").stringValue()).isEqualTo("terminated");
        assertThat(rows.find(ALICE.owner().key(), "o-1").orElseThrow().hasEnded())
                .isTrue();
    }

    @Test
    void a_row_whose_workflow_never_came_is_removed_after_a_minute() {
        post(EVENT.formatted(",\"id\":\"o-1\""));
        runs.state = new RunState.Missing();
        assertThat(get("/api/events/o-1")).hasStatusOk();

        now = NOON.plusSeconds(61);
        assertThat(get("/api/events/o-1")).hasStatus(HttpStatus.NOT_FOUND);
        assertThat(json(get("/api/events")).get("events").isEmpty()).isTrue();
    }

    @Test
    void a_retry_that_died_before_its_start_is_put_back_after_a_minute() {
        ended("o-1", "FAILED");
        EventRow row = rows.find(ALICE.owner().key(), "o-1").orElseThrow();
        rows.reopen(row, "RUNNING", NOON);
        runs.state = new RunState.Closed("r-o-1", NOON, NOON, EventStatus.FAILED, null, null);

        assertThat(json(get("/api/events/o-1")).get("status").stringValue()).isEqualTo("RUNNING");
        now = NOON.plusSeconds(61);
        assertThat(json(get("/api/events/o-1")).get("status").stringValue()).isEqualTo("FAILED");
    }

    @Test
    void runs_of_a_schedule_are_found_although_their_ids_have_colons() {
        ended("nightly-2026-11-21T12:00:00Z", "FAILED");

        assertThat(get("/api/events/nightly-2026-11-21T12:00:00Z")).hasStatusOk();
        assertThat(mvc.post().uri(URI.create("/api/events/nightly-2026-11-21T12:00:00Z:retry")))
                .hasStatus(HttpStatus.ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/events/none",
                "/api/events/a%20b",
                "/api/events/a%00b",
                "/api/events/o-1~1",
                "/api/events/%F0%9F%98%80"
            })
    void ids_that_name_nothing_are_not_found(String path) {
        assertThat(mvc.get().uri(URI.create(path))).hasStatus(HttpStatus.NOT_FOUND);
        assertThat(mvc.post().uri(URI.create(path + ":cancel"))).hasStatus(HttpStatus.NOT_FOUND);
        assertThat(mvc.post().uri(URI.create(path + "%3Aretry"))).hasStatus(HttpStatus.NOT_FOUND);
        assertThat(mvc.get().uri(URI.create(path + "/stream"))).hasStatus(HttpStatus.NOT_FOUND);
        assertThat(mvc.post().uri(URI.create("/api/events/:cancel"))).hasStatus(HttpStatus.NOT_FOUND);
    }

    @Test
    void lists_are_filtered_paged_and_private() {
        for (int n = 0; n < 5; n++) {
            post(EVENT.formatted(",\"id\":\"o-" + n + "\""));
        }
        ended("failed", "FAILED");
        List<String> ids = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = json(get("/api/events?pageSize=2&status=RUNNING&source=shop&type=order.created" + token));
            page.get("events").forEach(event -> ids.add(event.get("id").stringValue()));
            token = page.has("nextPageToken")
                    ? "&pageToken=" + page.get("nextPageToken").stringValue()
                    : null;
        } while (token != null);

        assertThat(ids).containsExactlyInAnyOrder("o-0", "o-1", "o-2", "o-3", "o-4");
        assertThat(json(get("/api/events?status=FAILED")).get("events").size()).isEqualTo(1);
        assertThat(get("/api/events?status=failed")).hasStatus(HttpStatus.BAD_REQUEST);
        assertThat(get("/api/events?pageSize=0")).hasStatus(HttpStatus.BAD_REQUEST);
        assertThat(get("/api/events?limit=abc&status=LOST"))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyJson()
                .extractingPath("errors[*].field")
                .asArray()
                .containsExactly("limit", "status");
        assertThat(get("/api/events?pageToken=x")).hasStatus(HttpStatus.BAD_REQUEST);
        assertThat(get("/api/events?userID=bob")).hasStatus(HttpStatus.FORBIDDEN);
        signedIn.as(ADMIN);
        assertThat(json(get("/api/events")).get("events").isEmpty()).isTrue();
        assertThat(json(get("/api/events?userID=alice")).get("events").size()).isEqualTo(6);
        assertThat(get("/api/events/o-1")).hasStatus(HttpStatus.NOT_FOUND);
        assertThat(get("/api/events/o-1?userID=alice")).hasStatusOk();
    }

    @Test
    void a_future_event_is_running_once_its_time_has_come() {
        rows.insertIfAbsent(EventRow.received(
                ALICE.owner().key(), "alice", "f", "h", "a.b", "s", NOON, NOON, NOON.plusSeconds(5), "SCHEDULED"));
        assertThat(json(get("/api/events?status=SCHEDULED")).get("events").size())
                .isEqualTo(1);
        now = NOON.plusSeconds(6);
        assertThat(json(get("/api/events?status=RUNNING")).get("events").size()).isEqualTo(1);
    }

    @Test
    void a_cancellation_is_asked_for_once_possible() {
        post(EVENT.formatted(",\"id\":\"o-1\""));
        assertThat(mvc.post().uri("/api/events/o-1:cancel")).hasStatus(HttpStatus.ACCEPTED);
        assertThat(runs.cancelled).containsExactly("event-" + ALICE.owner().key() + "-o-1");

        runs.cancelling = EventRuns.Cancelling.AWAY;
        assertThat(mvc.post().uri("/api/events/o-1:cancel")).hasStatus(HttpStatus.SERVICE_UNAVAILABLE);
        ended("done", "COMPLETED");
        assertThat(mvc.post().uri("/api/events/done:cancel")).hasStatus(HttpStatus.CONFLICT);
        ended("off", "CANCELLED");
        assertThat(mvc.post().uri("/api/events/off:cancel")).hasStatus(HttpStatus.ACCEPTED);
    }

    @Test
    void only_a_failed_event_is_run_again_and_stays_failed_when_that_does_not_start() {
        ended("done", "COMPLETED");
        assertThat(mvc.post().uri("/api/events/done:retry")).hasStatus(HttpStatus.CONFLICT);

        ended("o-1", "FAILED");
        runs.startingAgain = new RunStart.Refused("UNAVAILABLE");
        assertThat(mvc.post().uri("/api/events/o-1:retry")).hasStatus(HttpStatus.SERVICE_UNAVAILABLE);
        runs.startingAgain = new RunStart.NoHistory();
        assertThat(mvc.post().uri("/api/events/o-1:retry")).hasStatus(HttpStatus.CONFLICT);
        assertThat(json(get("/api/events/o-1")).get("status").stringValue()).isEqualTo("FAILED");

        runs.startingAgain = new RunStart.Persisted("r2");
        MvcTestResult retried =
                mvc.post().uri(URI.create("/api/events/o-1%3Aretry")).exchange();
        assertThat(retried).hasStatus(HttpStatus.ACCEPTED);
        assertThat(json(retried).get("runId").stringValue()).isEqualTo("r2");
        assertThat(mvc.post().uri("/api/events/o-1:retry")).hasStatus(HttpStatus.CONFLICT);
    }

    private void ended(String id, String status) {
        rows.insertIfAbsent(
                EventRow.received(ALICE.owner().key(), "alice", id, "h", "a.b", "s", NOON, NOON, null, "RUNNING"));
        rows.recordRun(ALICE.owner().key(), id, new EventRun("r-" + id, status, null, null, NOON, NOON), null);
    }

    private MvcTestResult post(String body) {
        return post(body, "application/json");
    }

    private MvcTestResult post(String body, String contentType) {
        return mvc.post()
                .uri("/api/events")
                .header("Content-Type", contentType)
                .content(body)
                .exchange();
    }

    private MvcTestResult postWithKey(String body, String key) {
        return mvc.post()
                .uri("/api/events")
                .contentType(MediaType.APPLICATION_JSON)
                .header("Idempotency-Key", key)
                .content(body)
                .exchange();
    }

    private MvcTestResult get(String uri) {
        return mvc.get().uri(URI.create(uri)).exchange();
    }

    private static JsonNode json(MvcTestResult result) {
        return EventJson.parse(result.getResponse().getContentAsByteArray());
    }

    private MockMvcTester mvc(EventSettings settings) {
        EventComposer composer = new EventComposer(List.of(), () -> now);
        SubmissionReader reader = new SubmissionReader(new FoundingEventReader(composer), composer);
        EventIntake intake = new DurableEventIntake(
                rows, runs, new LargeMetadata(new InMemoryBlobs()), ToolsInMemory.none(), admission, null);
        EventInspector inspector = new EventInspector(
                rows,
                runs,
                new EventViews(
                        new TemporalLinks(settings.temporalUi(), "default"),
                        (_, task) -> waiting.contains(task),
                        () -> now),
                () -> now);
        return MockMvcTester.of(
                List.of(
                        new EventPostController(
                                reader, intake, new AcceptLimit(settings.rate(), settings.burst()), posts),
                        new EventController(
                                inspector,
                                new EventList(rows, new PageTokens(new byte[32]), () -> now),
                                new EventControl(rows, runs, inspector, () -> now),
                                new Streams(StreamSettings.defaults(), InstantSource.system()))),
                builder -> builder.setCustomArgumentResolvers(signedIn)
                        .setControllerAdvice(ProductAdvice.instance())
                        .build());
    }
}
