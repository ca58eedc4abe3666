package dev.lightning.api.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lightning.api.errors.InvalidRequestException;
import dev.lightning.api.temporal.TemporalCalls;
import dev.lightning.api.temporal.TemporalFailures;
import dev.lightning.api.temporal.UnreachableTemporal;
import dev.lightning.providers.testing.RealTemporal;
import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventAttributes;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.EventWorkflow;
import dev.lightning.workflows.events.EventWorkflowId;
import dev.lightning.workflows.events.EventWorkflowImpl;
import dev.lightning.workflows.wire.Wire;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.ErrorResponseException;

class TemporalCronSchedulesTest {
    private static final String FAR = "0 0 0 1 1 * 2090";
    private static final Duration LONG = Duration.ofSeconds(40);

    private static RealTemporal temporal;
    private static WorkflowClient client;
    private static WorkerFactory workers;
    private static RecordedArrivals arrivals;
    private static TemporalCronSchedules schedules;

    @BeforeAll
    static void start() {
        temporal = RealTemporal.start(
                EventAttributes.ALL.stream().map(key -> key.getName()).toList());
        client = WorkflowClient.newInstance(
                temporal.stubs(),
                WorkflowClientOptions.newBuilder()
                        .setNamespace(temporal.namespace())
                        .setDataConverter(Wire.plain())
                        .build());
        arrivals = new RecordedArrivals();
        workers = WorkerFactory.newInstance(client);
        Worker worker = workers.newWorker(TaskQueues.EVENTS);
        worker.registerWorkflowImplementationFactory(
                EventWorkflow.class, () -> new EventWorkflowImpl(List.of(new HoldingHandler()), () -> _ -> List.of()));
        worker.registerActivitiesImplementations(arrivals);
        workers.start();
        schedules = new TemporalCronSchedules(client, null);
    }

    @AfterAll
    static void stop() {
        if (temporal != null) {
            workers.shutdownNow();
            temporal.close();
        }
    }

    @Test
    void a_server_that_says_nothing_is_told_as_an_outage_in_time() {
        try (UnreachableTemporal silent = UnreachableTemporal.silent()) {
            TemporalCronSchedules lonely = new TemporalCronSchedules(silent.client(), null);
            Instant before = Instant.now();

            assertThatThrownBy(() -> lonely.find(Given.key("any"))).matches(TemporalFailures::isAway);
            assertThat(Duration.between(before, Instant.now())).isLessThan(TemporalCalls.PATIENCE.multipliedBy(2));
        }
    }

    @Test
    void a_new_schedule_says_what_it_was_told() {
        ScheduleKey key = create("told", Given.cron("0 8 * * mon-fri", "Europe/Berlin", Overlap.BUFFER_ONE));

        CronState state = schedules.find(key).orElseThrow();

        assertThat(state.overlap()).isEqualTo(Overlap.BUFFER_ONE);
        assertThat(state.catchUpWindow()).isEqualTo(Duration.ofHours(1));
        assertThat(state.paused()).isFalse();
        assertThat(state.note()).isNull();
        assertThat(state.next()).hasSizeGreaterThanOrEqualTo(5).allSatisfy(time -> {
            ZonedDateTime local = time.atZone(ZoneId.of("Europe/Berlin"));
            assertThat(local.getHour()).isEqualTo(8);
            assertThat(local.getDayOfWeek().getValue()).isLessThan(6);
        });
    }

    @Test
    void making_the_same_schedule_twice_keeps_the_first() {
        ScheduleKey key = create("twice", Given.cron(FAR, "UTC"));

        schedules.create(key, Given.template(key, "test.tick"), Given.cron("0 0 1 1 *", "UTC"));

        assertThat(schedules.find(key).orElseThrow().next()).containsExactly(Instant.parse("2090-01-01T00:00:00Z"));
    }

    @Test
    void a_local_time_that_spring_leaves_out_has_no_run() {
        ZoneOffsetTransition gap = transition(true);
        ZonedDateTime day = gap.getDateTimeBefore().atZone(ZoneId.of("Europe/Berlin"));
        String days = IntStream.rangeClosed(-1, 1)
                .mapToObj(offset -> Integer.toString(day.plusDays(offset).getDayOfMonth()))
                .collect(Collectors.joining(","));
        ScheduleKey key = create("gap", Given.cron("0 30 2 " + days + " 3 * " + day.getYear(), "Europe/Berlin"));

        List<Instant> next = schedules.find(key).orElseThrow().next();

        assertThat(next)
                .containsExactly(
                        at(day.minusDays(1), 2, 30).toInstant(),
                        at(day.plusDays(1), 2, 30).toInstant());
    }

    /** Temporal has it so: of the two 2:30s of Berlin it takes the later one. */
    @Test
    void a_local_time_that_autumn_has_twice_runs_once_in_berlin() {
        ZonedDateTime day = transition(false).getDateTimeAfter().atZone(ZoneId.of("Europe/Berlin"));
        ScheduleKey key = create("overlap", Given.cron("30 2 * * *", "Europe/Berlin"));

        List<Instant> times = schedules.timesBetween(
                key,
                day.toLocalDate()
                        .atStartOfDay(ZoneId.of("Europe/Berlin"))
                        .minusDays(1)
                        .toInstant(),
                day.toLocalDate()
                        .atStartOfDay(ZoneId.of("Europe/Berlin"))
                        .plusDays(2)
                        .toInstant());

        assertThat(times)
                .containsExactly(
                        at(day.minusDays(1), 2, 30).toInstant(),
                        at(day, 2, 30).withLaterOffsetAtOverlap().toInstant(),
                        at(day.plusDays(1), 2, 30).toInstant());
    }

    /** And where every hour of a day is meant, it takes the earlier one. */
    @Test
    void an_hour_that_autumn_has_twice_runs_once_where_all_hours_of_a_day_are_meant() {
        ZonedDateTime day = transition(false).getDateTimeAfter().atZone(ZoneId.of("Europe/Berlin"));
        String cron = "15 * %d %d *".formatted(day.getDayOfMonth(), day.getMonthValue());
        ScheduleKey key = create("all-hours", Given.cron(cron, "Europe/Berlin"));

        List<Instant> times = schedules.timesBetween(
                key, at(day, 1, 0).toInstant(), at(day, 4, 0).toInstant());

        assertThat(times)
                .containsExactly(
                        at(day, 1, 15).toInstant(),
                        at(day, 2, 15).withEarlierOffsetAtOverlap().toInstant(),
                        at(day, 3, 15).toInstant());
    }

    @Test
    void what_runs_every_half_hour_leaves_none_out_when_the_clocks_change() {
        ScheduleKey key = create("half-hourly", Given.cron("*/30 * * * *", "Europe/Berlin"));

        for (boolean gap : List.of(true, false)) {
            Instant change = transition(gap).getInstant();
            List<Instant> times =
                    schedules.timesBetween(key, change.minus(Duration.ofHours(3)), change.plus(Duration.ofHours(3)));

            assertThat(times).hasSize(13);
        }
    }

    @Test
    void a_trigger_starts_an_event_workflow_named_after_schedule_and_time() {
        ScheduleKey key = create("triggered", Given.cron(FAR, "UTC"));
        Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);

        schedules.trigger(key);

        await().atMost(LONG).until(() -> !arrivals.of(key).isEmpty());
        Event event = arrivals.of(key).getFirst();
        assertThat(event.time()).isBetween(before, Instant.now());
        assertThat(event.id()).isEqualTo(new EventId("triggered-" + event.time()));
        assertThat(event.type()).isEqualTo("test.tick");
        assertThat(event.owner()).isEqualTo(Given.ALICE);
        assertThat(event.metadata().text("note")).isEqualTo("hello");
        assertThat(event.metadata().get("trigger"))
                .isEqualTo(Map.of(
                        "type", "schedule.triggered",
                        "scheduleId", "triggered",
                        "nominalTime", event.time().toString()));
        await().atMost(LONG)
                .until(() -> schedules.find(key).orElseThrow().recent().size() == 1);
        assertThat(schedules.find(key).orElseThrow().recent().getFirst().eventId())
                .isEqualTo(event.id().value());
        WorkflowExecutionDescription run = client.newUntypedWorkflowStub(EventWorkflowId.of(Given.ALICE, event.id()))
                .describe();
        assertThat(run.getStaticSummary()).isEqualTo("test.tick from alice");
        assertThat(run.getWorkflowType()).isEqualTo("Event");
        assertThat(run.getTaskQueue()).isEqualTo(TaskQueues.EVENTS);
        assertThat(run.getTypedSearchAttributes().get(EventAttributes.USER)).isEqualTo(Given.ALICE.key());
        assertThat(run.getTypedSearchAttributes().get(EventAttributes.TYPE)).isEqualTo("test.tick");
    }

    @Test
    void seven_fields_of_every_second_really_fire_each_second_and_stop_when_deleted() {
        ScheduleKey key = create("second", Given.cron("* * * * * * *", "UTC", Overlap.ALLOW_ALL));

        await().atMost(LONG).until(() -> arrivals.of(key).size() >= 3);
        schedules.delete(key);

        assertThat(schedules.find(key)).isEmpty();
        List<Instant> times =
                arrivals.of(key).stream().map(Event::time).sorted().distinct().toList();
        assertThat(Duration.between(times.getFirst(), times.getLast()))
                .isEqualTo(Duration.ofSeconds(times.size() - 1L));
    }

    @Test
    void a_pause_holds_runs_back_with_its_reason_until_the_schedule_resumes() {
        ScheduleKey key = Given.key("paused");
        schedules.create(key, Given.template(key, "test.tick"), Given.cron("* * * * * * *", "UTC"));

        schedules.pause(key, "the vendor is down");
        CronState paused = schedules.find(key).orElseThrow();

        assertThat(paused.paused()).isTrue();
        assertThat(paused.note()).isEqualTo("the vendor is down");
        AtomicLong seen = new AtomicLong(paused.runs());
        await().during(Duration.ofSeconds(3)).atMost(LONG).until(() -> {
            long now = schedules.find(key).orElseThrow().runs();
            return seen.getAndSet(now) == now;
        });
        schedules.resume(key, "back again");
        await().atMost(LONG).until(() -> schedules.find(key).orElseThrow().runs() >= seen.get() + 3);
        assertThat(schedules.find(key).orElseThrow().paused()).isFalse();
        assertThat(schedules.find(key).orElseThrow().note()).isNull();
        schedules.delete(key);
    }

    @Test
    void a_run_that_is_due_while_another_goes_on_is_skipped_and_counted() {
        ScheduleKey key = Given.key("skipping");
        schedules.create(key, Given.template(key, HoldingHandler.TYPE), Given.cron("* * * * * * *", "UTC"));

        await().atMost(LONG).until(() -> schedules.find(key).orElseThrow().skipped() >= 2);

        assertThat(schedules.find(key).orElseThrow().runs()).isEqualTo(1);
        schedules.delete(key);
    }

    @Test
    void a_backfill_makes_up_for_the_runs_of_a_past_range() {
        ScheduleKey key = create("backfilled", Given.cron("0 0 * * *", "UTC"));
        Instant from = Instant.parse("2026-03-01T00:00:00Z");
        Instant to = Instant.parse("2026-03-05T12:00:00Z");

        assertThat(schedules.timesBetween(key, from, to)).hasSize(5).startsWith(from);
        schedules.backfill(key, from, to);

        await().atMost(LONG).until(() -> arrivals.of(key).size() >= 5);
        assertThat(arrivals.of(key))
                .extracting(event -> event.id().value())
                .containsExactlyInAnyOrder(
                        "backfilled-2026-03-01T00:00:00Z",
                        "backfilled-2026-03-02T00:00:00Z",
                        "backfilled-2026-03-03T00:00:00Z",
                        "backfilled-2026-03-04T00:00:00Z",
                        "backfilled-2026-03-05T00:00:00Z");
    }

    @Test
    void random_expressions_of_all_dialects_mean_to_temporal_what_they_say() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int n = 0; n < 120; n++) {
            RandomCron cron = RandomCron.of(random);
            String which = "seed " + seed + ", expression " + cron.text();
            Instant from = Instant.parse("2026-12-01T00:00:00Z").plusSeconds(random.nextInt(400 * 86_400));
            List<Instant> expected = cron.after(from, 4);
            Timing.Cron timing = Given.cron(cron.text(), "UTC");
            assertThat(CronDialect.read(cron.text(), false))
                    .as(which)
                    .isInstanceOf(CronDialect.Reading.Understood.class);
            ScheduleKey key = create("random-" + n, timing);
            schedules.pause(key, "only asked for its times");

            Instant until = expected.isEmpty() ? from.plus(Duration.ofDays(3650)) : expected.getLast();
            List<Instant> said = schedules.timesBetween(key, from.plusSeconds(1), until);

            assertThat(said).as(which).isEqualTo(expected);
            schedules.delete(key);
        }
    }

    @Test
    void nothing_can_be_done_with_a_schedule_that_does_not_exist() {
        ScheduleKey key = Given.key("nobody");

        assertThat(schedules.find(key)).isEmpty();
        schedules.delete(key);
        assertThatThrownBy(() -> schedules.pause(key, "why"))
                .isInstanceOfSatisfying(
                        ErrorResponseException.class,
                        refused -> assertThat(refused.getStatusCode().value()).isEqualTo(404));
        assertThatThrownBy(() -> schedules.trigger(key)).isInstanceOf(ErrorResponseException.class);
        assertThatThrownBy(() -> schedules.timesBetween(key, Instant.now(), Instant.now()))
                .isInstanceOf(ErrorResponseException.class);
    }

    @Test
    void what_temporal_does_not_take_is_the_callers_error() {
        ScheduleKey key = Given.key("refused");
        Timing.Cron broken = new Timing.Cron("x", "99 * * * *", false, "UTC", Overlap.SKIP, Duration.ofHours(1));

        assertThatThrownBy(() -> schedules.create(key, Given.template(key, "test.tick"), broken))
                .isInstanceOf(InvalidRequestException.class);
    }

    private static ScheduleKey create(String id, Timing.Cron timing) {
        ScheduleKey key = Given.key(id);
        schedules.create(key, Given.template(key, "test.tick"), timing);
        return key;
    }

    /** Berlin's next change of clocks that is more than two days away. */
    private static ZoneOffsetTransition transition(boolean gap) {
        ZoneOffsetTransition next = ZoneId.of("Europe/Berlin")
                .getRules()
                .nextTransition(Instant.now().plus(Duration.ofDays(2)));
        return next.isGap() == gap
                ? next
                : ZoneId.of("Europe/Berlin").getRules().nextTransition(next.getInstant());
    }

    private static ZonedDateTime at(ZonedDateTime day, int hour, int minute) {
        return day.toLocalDate().atTime(hour, minute).atZone(ZoneId.of("Europe/Berlin"));
    }
}
