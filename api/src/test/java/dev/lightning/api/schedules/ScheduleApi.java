package dev.lightning.api.schedules;

import dev.lightning.api.SignedIn;
import dev.lightning.api.errors.ProductAdvice;
import dev.lightning.api.paging.PageTokens;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.EventRows;
import dev.lightning.providers.storage.rows.ScheduleRows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** The schedule endpoints over fakes, at noon of 21 November 2026, called as alice unless said otherwise. */
final class ScheduleApi {
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    final FakeCronSchedules crons = new FakeCronSchedules();
    final EventRows events = new EventRows(new InMemoryEntityStore());
    final FakeOneShots oneShots = new FakeOneShots(events);
    final ScheduleRows rows = new ScheduleRows(new InMemoryEntityStore());
    Instant now = NOON;
    private final MockMvcTester mvc;
    private final SignedIn signedIn = new SignedIn();

    ScheduleApi(int maxPerUser) {
        Clock clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        ScheduleSettings settings = new ScheduleSettings(null, null, maxPerUser);
        ScheduleReader reader = new ScheduleReader(new PlainEventReader(), settings, clock);
        Schedules schedules = new Schedules(rows, events, crons, oneShots, oneShots, settings, clock);
        ScheduleControls controls = new ScheduleControls(schedules, reader, rows, crons, oneShots, clock);
        mvc = MockMvcTester.of(
                List.of(
                        new ScheduleController(reader, schedules, new PageTokens(new byte[32])),
                        new ScheduleControlController(controls)),
                builder -> builder.setCustomArgumentResolvers(signedIn)
                        .setControllerAdvice(ProductAdvice.instance())
                        .build());
    }

    void as(String userId, boolean admin) {
        signedIn.as(userId, admin);
    }

    void later(Duration duration) {
        now = now.plus(duration);
    }

    MvcTestResult post(String path, String body) {
        return mvc.post()
                .uri("/api/schedule" + path)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    MvcTestResult get(String path) {
        return mvc.get().uri("/api/schedule" + path).exchange();
    }

    MvcTestResult delete(String path) {
        return mvc.delete().uri("/api/schedule" + path).exchange();
    }
}
