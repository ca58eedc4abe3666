package dev.lightning.activities.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lightning.activities.events.EventDocuments;
import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.blobs.InMemoryBlobStore;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.MessageRow;
import dev.lightning.providers.storage.rows.MessageRows;
import dev.lightning.providers.stream.LiveItem;
import dev.lightning.providers.stream.inprocess.InProcessLiveStream;
import dev.lightning.providers.webhook.Webhook;
import dev.lightning.providers.webhook.WebhookMessage;
import dev.lightning.providers.webhook.WebhookResult;
import dev.lightning.workflows.events.Attempts;
import dev.lightning.workflows.events.BlobRef;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Owner;
import dev.lightning.workflows.notifications.Announcement;
import dev.lightning.workflows.notifications.DeliveryReply;
import dev.lightning.workflows.notifications.DeliveryState;
import dev.lightning.workflows.notifications.NotificationActivities;
import dev.lightning.workflows.notifications.NotificationPolicy;
import dev.lightning.workflows.wire.Wire;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationActivitiesImplTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Owner ALICE = new Owner("alicekey2345", "alice");
    private static final Event MESSAGE = message(Metadata.of(Map.of("text", "grüß dich")), null);

    private final ScriptedWebhook webhook = new ScriptedWebhook();
    private final InMemoryBlobStore blobs = new InMemoryBlobStore();
    private final MessageRows rows = new MessageRows(new InMemoryEntityStore(), blobs, InstantSource.fixed(NOW));
    private final InProcessLiveStream stream = new InProcessLiveStream();
    private final TestActivityEnvironment temporal = environment();
    private final NotificationActivities activities = activities(temporal, () -> Long.MIN_VALUE);

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void an_announced_message_is_kept_shown_and_sent() throws InterruptedException {
        BlockingQueue<LiveItem> shown = new LinkedBlockingQueue<>();
        stream.subscribe(ALICE.key(), shown::add, () -> {});

        DeliveryReply reply = activities.announce(new Announcement(MESSAGE, 0));

        assertThat(reply).isEqualTo(new DeliveryReply(DeliveryState.DELIVERED, Attempts.FIRST));
        WebhookMessage sent = webhook.sent.getFirst();
        assertThat(sent.id()).isEqualTo("msg_alicekey2345_e1~1");
        assertThat(sent.eventId()).isEqualTo("e1~1");
        assertThat(sent.eventType()).isEqualTo("llm.chat.response");
        assertThat(sent.timeout()).isEqualTo(NotificationPolicy.FIRST_CALL);
        assertThat(sent.body())
                .isEqualTo("{\"id\":\"e1~1\",\"timestamp\":\"2026-11-21T10:00:00Z\",\"source\":\"lightning\","
                        + "\"type\":\"llm.chat.response\",\"userID\":\"alice\",\"correlationId\":\"e1\","
                        + "\"causationId\":\"e1\",\"hop\":1,\"metadata\":{\"text\":\"grüß dich\"}}");
        assertThat(shown.poll(5, TimeUnit.SECONDS)).isEqualTo(new LiveItem("e1~1", "message", sent.body()));
        assertThat(row().delivery()).isEqualTo("DELIVERED");
        assertThat(row().attempts()).isEqualTo(1);
        assertThat(row().deliveredAt()).isEqualTo(NOW);
    }

    @Test
    void a_failed_announcement_is_a_pending_delivery_and_no_exception() {
        webhook.answers(new WebhookResult.Failed("answered 500"));

        DeliveryReply reply = activities.announce(new Announcement(MESSAGE, 0));

        assertThat(reply).isEqualTo(new DeliveryReply(DeliveryState.PENDING, new Attempts(1, "answered 500")));
        assertThat(row().delivery()).isEqualTo("PENDING");
        assertThat(row().lastError()).isEqualTo("answered 500");
    }

    @Test
    void what_was_delivered_is_not_sent_again() {
        activities.announce(new Announcement(MESSAGE, 0));

        DeliveryReply announced = activities.announce(new Announcement(MESSAGE, 0));
        DeliveryReply delivered = activities.deliver(new Announcement(MESSAGE, 1));

        assertThat(webhook.sent).hasSize(1);
        assertThat(announced.state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(delivered).isEqualTo(new DeliveryReply(DeliveryState.DELIVERED, Attempts.FIRST));
    }

    @Test
    void every_attempt_says_the_same_even_when_the_event_was_made_again() {
        webhook.answers(new WebhookResult.Failed("answered 500"));
        activities.announce(new Announcement(MESSAGE, 0));

        activities.announce(new Announcement(message(Metadata.of(Map.of("text", "another")), null), 0));

        assertThat(webhook.sent).hasSize(2);
        assertThat(webhook.sent.get(1).body()).isEqualTo(webhook.sent.get(0).body());
        assertThat(webhook.sent.get(1).id()).isEqualTo(webhook.sent.get(0).id());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void an_undelivered_message_is_tried_again_after_the_gap_of_its_overall_attempt(int overall) {
        webhook.answers(new WebhookResult.Failed("answered 503"));

        ApplicationFailure failure = failureOf(activities, overall);

        assertThat(failure.getType()).isEqualTo("Notification.UNDELIVERED");
        assertThat(failure.getOriginalMessage()).isEqualTo("answered 503");
        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(failure.getDetails().get(Integer.class)).isEqualTo(overall);
        assertThat(failure.getNextRetryDelay()).isEqualTo(NotificationPolicy.gapAfter(overall));
        assertThat(webhook.sent.getFirst().timeout()).isEqualTo(NotificationPolicy.CALL);
        assertThat(row().delivery()).isEqualTo("PENDING");
    }

    @Test
    void gaps_vary_by_a_fifth_up_or_down() {
        webhook.answers(new WebhookResult.Failed("answered 503"), new WebhookResult.Failed("answered 503"));
        Duration gap = NotificationPolicy.gapAfter(3);

        Duration shortest = gapAfterThirdAttempt(() -> 0L);
        Duration longest = gapAfterThirdAttempt(() -> -1L);

        assertThat(shortest).isEqualTo(gap.multipliedBy(8).dividedBy(10));
        assertThat(longest)
                .isBetween(
                        gap.multipliedBy(119).dividedBy(100),
                        gap.multipliedBy(12).dividedBy(10));
    }

    @Test
    void the_last_attempt_gives_up() {
        webhook.answers(new WebhookResult.Failed("cannot connect"));

        DeliveryReply reply = activities.deliver(new Announcement(MESSAGE, NotificationPolicy.MAX_ATTEMPTS));

        assertThat(reply)
                .isEqualTo(new DeliveryReply(
                        DeliveryState.NOTIFY_FAILED, new Attempts(NotificationPolicy.MAX_ATTEMPTS, "cannot connect")));
        assertThat(row().delivery()).isEqualTo("NOTIFY_FAILED");
    }

    @Test
    void a_receiver_that_is_gone_is_not_tried_again() {
        webhook.answers(new WebhookResult.Gone("answered 410: gone for good"));

        DeliveryReply reply = activities.deliver(new Announcement(MESSAGE, 1));

        assertThat(reply.state()).isEqualTo(DeliveryState.NOTIFY_FAILED);
        assertThat(reply.attempts()).isEqualTo(new Attempts(1, "answered 410: gone for good"));
    }

    @Test
    void without_a_receiver_the_message_is_only_kept() {
        webhook.answers(new WebhookResult.NotConfigured());

        DeliveryReply reply = activities.announce(new Announcement(MESSAGE, 0));

        assertThat(reply.state()).isEqualTo(DeliveryState.SKIPPED);
        assertThat(row().delivery()).isEqualTo("SKIPPED");
        assertThat(row().attempts()).isZero();
    }

    @Test
    void a_late_failure_does_not_undo_a_delivery() {
        activities.announce(new Announcement(message(Metadata.empty(), null), 0));
        MessageRow stale = row().turned("PENDING", NOW);
        rows.change(row(), (row, now) -> stale);
        webhook.onPost = () -> rows.change(row(), (row, now) -> row.accepted("DELIVERED", now));
        webhook.answers(new WebhookResult.Failed("answered 500"));

        DeliveryReply reply = activities.deliver(new Announcement(MESSAGE, 1));

        assertThat(reply.state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(row().delivery()).isEqualTo("DELIVERED");
    }

    @Test
    void a_cut_message_is_sent_whole() {
        String whole = "{\"text\":\"" + "long ".repeat(50_000) + "\",\"price\":1.10,\"count\":12345678901234567890}";
        blobs.put("events/e1", whole.getBytes(StandardCharsets.UTF_8));
        webhook.answers(new WebhookResult.Failed("answered 500"));

        activities.announce(new Announcement(message(Metadata.of(Map.of("text", "long…")), "events/e1"), 0));
        activities.deliver(new Announcement(message(Metadata.empty(), "events/e1"), 1));

        assertThat(webhook.sent.getFirst().body()).endsWith("\"metadata\":" + whole + "}");
        assertThat(webhook.sent.get(1).body()).isEqualTo(webhook.sent.get(0).body());
        assertThat(row().body()).isNull();
        assertThat(row().eventBlob()).isEqualTo("events/e1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "too-large", "garbage"})
    void where_the_whole_is_not_to_be_had_the_cut_is_sent(String key) {
        blobs.put("too-large", new byte[EventDocuments.MAX_METADATA + 1]);
        blobs.put("garbage", "[1,".getBytes(StandardCharsets.UTF_8));

        activities.announce(new Announcement(message(Metadata.of(Map.of("n", new BigDecimal("1.50"))), key), 0));

        assertThat(webhook.sent.getFirst().body()).endsWith("\"metadata\":{\"n\":1.50}}");
    }

    @Test
    void users_with_the_same_event_id_have_different_messages_and_a_full_stop_stays_out_of_what_is_signed() {
        Event dotted =
                Event.root(new EventId("a.b"), "user.message", "cli", NOW, NOW, ALICE, null, Metadata.empty(), null);

        activities.announce(new Announcement(dotted, 0));

        assertThat(webhook.sent.getFirst().id()).isEqualTo("msg_alicekey2345_a%2Eb");
        assertThat(webhook.sent.getFirst().eventId()).isEqualTo("a.b");
    }

    @Test
    void a_store_that_fails_is_tried_again_by_temporal() {
        MessageRows broken = new MessageRows(new InMemoryEntityStore(), new BrokenBlobs(), InstantSource.fixed(NOW));
        TestActivityEnvironment other = environment();
        other.registerActivitiesImplementations(new NotificationActivitiesImpl(
                broken, new BrokenBlobs(), stream, webhook, RandomGenerator.getDefault()));

        assertThatThrownBy(() -> other.newActivityStub(NotificationActivities.class)
                        .announce(new Announcement(message(Metadata.empty(), "events/e1"), 0)))
                .isInstanceOf(ActivityFailure.class);
        assertThat(webhook.sent).isEmpty();
        other.close();
    }

    private NotificationActivities activities(TestActivityEnvironment where, RandomGenerator random) {
        where.registerActivitiesImplementations(new NotificationActivitiesImpl(rows, blobs, stream, webhook, random));
        return where.newActivityStub(NotificationActivities.class);
    }

    private static TestActivityEnvironment environment() {
        return TestActivityEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Wire.plain())
                        .build())
                .build());
    }

    private Duration gapAfterThirdAttempt(RandomGenerator random) {
        TestActivityEnvironment own = environment();
        try {
            return failureOf(activities(own, random), 3).getNextRetryDelay();
        } finally {
            own.close();
        }
    }

    /** This environment says that each attempt is the 0th, so attempts before are all there are. */
    private static ApplicationFailure failureOf(NotificationActivities activities, int overall) {
        ActivityFailure failure = catchThrowableOfType(
                ActivityFailure.class, () -> activities.deliver(new Announcement(MESSAGE, overall)));
        return (ApplicationFailure) failure.getCause();
    }

    private MessageRow row() {
        return rows.find(ALICE.key(), "e1~1").orElseThrow();
    }

    private static Event message(Metadata metadata, String blob) {
        EventId root = new EventId("e1");
        return new Event(
                root.emitted(1),
                "llm.chat.response",
                Event.PLATFORM,
                NOW,
                NOW,
                ALICE,
                null,
                root,
                root,
                1,
                metadata,
                blob == null ? null : new BlobRef(blob));
    }

    /** Answers as told, then accepts everything. */
    private static final class ScriptedWebhook implements Webhook {
        private final List<WebhookMessage> sent = new CopyOnWriteArrayList<>();
        private final BlockingQueue<WebhookResult> script = new LinkedBlockingQueue<>();
        private Runnable onPost = () -> {};

        void answers(WebhookResult... results) {
            script.addAll(List.of(results));
        }

        @Override
        public WebhookResult post(WebhookMessage message) {
            sent.add(message);
            onPost.run();
            WebhookResult scripted = script.poll();
            return scripted == null ? new WebhookResult.Accepted(200) : scripted;
        }
    }

    /** A blob store whose disk is gone. */
    private static final class BrokenBlobs implements BlobStore {
        @Override
        public void put(String key, byte[] content) {
            throw gone();
        }

        @Override
        public void put(String key, InputStream content) {
            throw gone();
        }

        @Override
        public Optional<InputStream> open(String key) {
            throw gone();
        }

        @Override
        public Optional<byte[]> get(String key) {
            throw gone();
        }

        @Override
        public void delete(String key) {
            throw gone();
        }

        private static UncheckedIOException gone() {
            return new UncheckedIOException(new IOException("the disk is gone"));
        }
    }
}
