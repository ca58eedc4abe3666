package dev.lightning.api.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.api.SignedIn;
import dev.lightning.api.errors.ProductAdvice;
import dev.lightning.api.paging.PageTokens;
import dev.lightning.api.security.Caller;
import dev.lightning.api.security.OwnerKeys;
import dev.lightning.providers.blobs.InMemoryBlobStore;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.MessageRow;
import dev.lightning.providers.storage.rows.MessageRows;
import dev.lightning.providers.storage.rows.NewMessage;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.Owner;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MessageControllerTest {
    private final SignedIn signedIn = new SignedIn();
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Owner ALICE = OwnerKeys.builtIn("alice");
    private static final Owner BOB = OwnerKeys.builtIn("bob");

    private final InMemoryBlobStore blobs = new InMemoryBlobStore();
    private final MessageRows rows = new MessageRows(new InMemoryEntityStore(), blobs, InstantSource.fixed(NOW));
    private final RecordedDeliveries deliveries = new RecordedDeliveries();
    private final MockMvcTester web = MockMvcTester.of(
            List.of(new MessageController(rows, new PageTokens(new byte[32]), deliveries)),
            builder -> builder.setCustomArgumentResolvers(signedIn)
                    .setControllerAdvice(ProductAdvice.instance())
                    .build());

    @Test
    void the_path_of_the_stream_names_no_message() {
        keep(ALICE, "stream", "");
        keep(ALICE, "stream-1", "");

        assertThat(web.get().uri("/api/messages/stream").exchange()).hasStatus(404);
        assertThat(web.get().uri("/api/messages/stream-1").exchange()).hasStatus(200);
    }

    @Test
    void a_message_shows_what_was_said_and_how_its_delivery_stands() {
        MessageRow row = keep(ALICE, "e1", "");
        rows.change(row, (seen, now) -> seen.failed("PENDING", "answered 500", now));

        JsonNode message = json(web.get().uri("/api/messages/e1").exchange());

        assertThat(message.path("id").asString()).isEqualTo("e1");
        assertThat(message.path("type").asString()).isEqualTo("user.message");
        assertThat(message.path("delivery").asString()).isEqualTo("PENDING");
        assertThat(message.path("attempts").asInt()).isEqualTo(1);
        assertThat(message.path("lastError").asString()).isEqualTo("answered 500");
        assertThat(message.path("createdAt").asString()).isEqualTo("2026-11-21T10:00:00Z");
        assertThat(message.path("event").path("metadata").path("price").decimalValue())
                .isEqualByComparingTo("1.10");
        assertThat(message.has("deliveredAt")).isFalse();
    }

    @Test
    void a_large_message_is_whole_by_itself_and_left_out_of_lists() {
        keep(ALICE, "e1", "x".repeat(100_000));

        JsonNode whole = json(web.get().uri("/api/messages/e1").exchange());
        JsonNode listed =
                json(web.get().uri("/api/messages").exchange()).path("messages").get(0);

        assertThat(whole.path("event").path("metadata").path("text").asString()).hasSize(100_000);
        assertThat(listed.path("id").asString()).isEqualTo("e1");
        assertThat(listed.has("event")).isFalse();
    }

    @Test
    void pages_lead_through_all_messages_newest_first() {
        IntStream.rangeClosed(1, 5).forEach(n -> keep(ALICE, "e" + n, ""));
        keep(BOB, "e9", "");

        List<String> ids = new ArrayList<>();
        String token = null;
        do {
            var request = web.get().uri("/api/messages").param("pageSize", "2");
            JsonNode page = json((token == null ? request : request.param("pageToken", token)).exchange());
            page.path("messages").forEach(message -> ids.add(message.path("id").asString()));
            token = page.path("nextPageToken").asString(null);
        } while (token != null);

        assertThat(ids).containsExactly("e5", "e4", "e3", "e2", "e1");
    }

    @Test
    void a_filter_shows_one_delivery_state_and_its_tokens_are_its_own() {
        IntStream.rangeClosed(1, 3).forEach(n -> givenUp(ALICE, "e" + n));
        keep(ALICE, "e4", "");

        JsonNode failed = json(web.get()
                .uri("/api/messages")
                .param("delivery", "NOTIFY_FAILED")
                .param("pageSize", "2")
                .exchange());
        MvcTestResult elsewhere = web.get()
                .uri("/api/messages")
                .param("pageToken", failed.path("nextPageToken").asString())
                .exchange();

        assertThat(failed.path("messages").findValuesAsString("id"))
                .contains("e3", "e2")
                .doesNotContain("e4");
        assertThat(elsewhere).hasStatus(400);
    }

    @Test
    void every_wrong_parameter_is_told_at_once() {
        MvcTestResult result = web.get()
                .uri("/api/messages")
                .param("delivery", "LOST")
                .param("pageSize", "0")
                .param("limit", "abc")
                .exchange();

        assertThat(result).hasStatus(400);
        assertThat(json(result).path("errors").findValuesAsString("field"))
                .containsExactlyInAnyOrder("pageSize", "delivery", "limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/messages/e9", "/api/messages/none", "/api/messages/!"})
    void what_is_not_yours_does_not_exist(String path) {
        keep(BOB, "e9", "");

        assertThat(web.get().uri(URI.create(path)).exchange()).hasStatus(404);
    }

    @Test
    void only_an_admin_may_name_another_user() {
        assertThat(web.get().uri("/api/messages?userID=bob").exchange()).hasStatus(403);
    }

    @Test
    void an_admin_sees_other_peoples_messages() {
        keep(BOB, "e9", "");
        signedIn.as(new Caller(ALICE, true));

        assertThat(web.get().uri("/api/messages/e9?userID=bob").exchange()).hasStatusOk();
        assertThat(json(web.get().uri("/api/messages?userID=bob").exchange()).path("messages"))
                .hasSize(1);
        assertThat(web.get().uri("/api/messages/e9").exchange()).hasStatus(404);
    }

    @Test
    void a_message_that_was_given_up_can_be_sent_again() {
        givenUp(ALICE, "e1");

        MvcTestResult result = web.post().uri("/api/messages/e1:resend").exchange();

        assertThat(result).hasStatus(202).headers().hasValue("Location", "/api/messages/e1");
        assertThat(json(result).path("delivery").asString()).isEqualTo("PENDING");
        Event sent = deliveries.started.getFirst();
        assertThat(sent.id().value()).isEqualTo("e1");
        assertThat(sent.owner()).isEqualTo(ALICE);
        assertThat(sent.metadata().asMap()).containsOnlyKeys("text", "price");
        assertThat(rows.find(ALICE.key(), "e1").orElseThrow().delivery()).isEqualTo("PENDING");
    }

    @Test
    void a_message_whose_event_lies_in_a_blob_is_sent_again_by_reference() {
        MessageRow row = rows.keep(new NewMessage(
                ALICE.key(), "e1", "user.message", document("e1", "x".repeat(200_000)), "events/e1", "PENDING"));
        rows.change(row, (seen, now) -> seen.failed("NOTIFY_FAILED", "answered 500", now));

        assertThat(web.post().uri("/api/messages/e1:resend").exchange()).hasStatus(202);

        Event sent = deliveries.started.getFirst();
        assertThat(sent.metadata().asMap()).isEqualTo(Map.of());
        assertThat(sent.blobRef().key()).isEqualTo("events/e1");
    }

    @Test
    void a_message_that_was_not_given_up_is_not_sent_again() {
        keep(ALICE, "e1", "");

        assertThat(web.post().uri("/api/messages/e1:resend").exchange()).hasStatus(409);
        assertThat(web.post().uri("/api/messages/none:resend").exchange()).hasStatus(404);
        assertThat(deliveries.started).isEmpty();
    }

    @Test
    void a_message_is_delivered_once_at_a_time() {
        givenUp(ALICE, "e1");
        deliveries.running = true;

        assertThat(web.post().uri("/api/messages/e1:resend").exchange()).hasStatus(409);
        assertThat(rows.find(ALICE.key(), "e1").orElseThrow().delivery()).isEqualTo("NOTIFY_FAILED");
    }

    @Test
    void a_delivery_that_was_faster_than_the_answer_stands() {
        givenUp(ALICE, "e1");
        deliveries.onStart = () ->
                rows.change(rows.find(ALICE.key(), "e1").orElseThrow(), (row, now) -> row.accepted("DELIVERED", now));

        assertThat(json(web.post().uri("/api/messages/e1:resend").exchange())
                        .path("delivery")
                        .asString())
                .isEqualTo("DELIVERED");
    }

    private void givenUp(Owner owner, String id) {
        rows.change(keep(owner, id, ""), (row, now) -> row.failed("NOTIFY_FAILED", "answered 500", now));
    }

    private MessageRow keep(Owner owner, String id, String text) {
        return rows.keep(new NewMessage(owner.key(), id, "user.message", document(id, text), null, "PENDING"));
    }

    private static String document(String id, String text) {
        return """
                {"id":"%s","timestamp":"2026-11-21T09:00:00Z","source":"cli","type":"user.message","userID":"alice",\
                "correlationId":"%s","hop":0,"metadata":{"text":"%s","price":1.10}}""".formatted(id, id, text);
    }

    private static JsonNode json(MvcTestResult result) {
        return JsonMapper.shared().readTree(result.getResponse().getContentAsByteArray());
    }

    /** Remembers what was to be delivered. */
    private static final class RecordedDeliveries implements Deliveries {
        private final List<Event> started = new ArrayList<>();
        private boolean running;
        private Runnable onStart = () -> {};

        @Override
        public boolean start(Event message) {
            if (!running) {
                started.add(message);
                onStart.run();
            }
            return !running;
        }
    }
}
