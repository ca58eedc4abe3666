package dev.lightning.api.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lightning.api.errors.FieldError;
import dev.lightning.api.errors.InvalidRequestException;
import dev.lightning.api.security.Caller;
import dev.lightning.api.security.OwnerKeys;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

class CloudEventsTest {
    private static final Caller ALICE = new Caller(OwnerKeys.builtIn("alice"), false);
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final EventComposer composer = new EventComposer(List.of(new MessageCheck()), InstantSource.fixed(NOW));
    private final SubmissionReader reader = new SubmissionReader(new FoundingEventReader(composer), composer);

    @Test
    void all_forms_and_our_own_shape_say_the_same_event() {
        Submission structured = structured("""
                {"specversion":"1.0","id":"ä 1","source":"/shop","type":"order.created","subject":"order 1",
                 "time":"2026-11-21T13:00:00+01:00","datacontenttype":"application/json","data":{"n":1.50,"b":"x"}}
                """);
        Submission binary = binary(
                headers(
                        "ce-specversion", "1.0",
                        "Ce-Id", "%C3%A4%201",
                        "ce-source", "/shop",
                        "ce-type", "order.created",
                        "ce-subject", "order%201",
                        "ce-time", "2026-11-21T12:00:00Z",
                        "Content-Type", "application/json; charset=utf-8"),
                "{\"b\":\"x\",\"n\":1.5}");
        Submission ours = reader.single(
                PostedShape.FOUNDING, EventJson.parse("""
                        {"timestamp":"2026-11-21T12:00:00Z","source":"/shop","type":"order.created","userID":"alice",
                         "subject":"order 1","metadata":{"n":1.5,"b":"x"}}
                        """.getBytes(StandardCharsets.UTF_8)), new HttpHeaders(), ALICE);

        assertThat(structured.posted().bodyHash())
                .isEqualTo(binary.posted().bodyHash())
                .isEqualTo(ours.posted().bodyHash());
        assertThat(structured.posted().event().id())
                .isEqualTo(binary.posted().event().id());
        assertThat(structured.cloudEvent()).isEqualTo(new Submission.CloudIdentity("/shop", "ä 1"));
        assertThat(structured.posted().event().owner()).isEqualTo(ALICE.owner());
    }

    @Test
    void a_message_needs_a_text_in_its_data() {
        String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/a\",\"type\":\"user.message\",\"data\":%s}";

        assertThat(faults(() -> structured(event.formatted("{\"text\":7}")))).containsExactly("data.text");
        assertThat(structured(event.formatted("{\"text\":\"Lunch!\"}"))).isNotNull();
    }

    @Test
    void identity_is_source_and_id_together() {
        String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"%s\",\"type\":\"a.b\"}";
        EventId first = structured(event.formatted("/a")).posted().event().id();

        assertThat(structured(event.formatted("/a")).posted().event().id()).isEqualTo(first);
        assertThat(structured(event.formatted("/b")).posted().event().id()).isNotEqualTo(first);
        assertThat(EventId.isPostable(first.value())).isTrue();
    }

    @Test
    void a_missing_time_is_now_and_a_repeat_of_it_hashes_alike() {
        String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/a\",\"type\":\"a.b\"}";
        EventComposer later = new EventComposer(List.of(), InstantSource.fixed(NOW.plusSeconds(60)));

        assertThat(structured(event).posted().event().time()).isEqualTo(NOW);
        assertThat(new SubmissionReader(new FoundingEventReader(later), later)
                        .single(PostedShape.CLOUD_EVENT, json(event), new HttpHeaders(), ALICE)
                        .posted()
                        .bodyHash())
                .isEqualTo(structured(event).posted().bodyHash());
    }

    @Test
    void data_that_is_no_json_object_and_extensions_have_their_places_in_the_metadata() {
        assertThat(metadata(",\"data\":[1,2],\"trace\":\"t\",\"level\":3"))
                .isEqualTo(Map.of("data", List.of(1, 2), "extensions", Map.of("trace", "t", "level", 3)));
        assertThat(metadata(",\"data_base64\":\"aGk=\",\"datacontenttype\":\"text/plain\""))
                .isEqualTo(Map.of("data_base64", "aGk=", "datacontenttype", "text/plain"))
                .isEqualTo(metadata(",\"data\":\"hi\",\"datacontenttype\":\"text/plain\""))
                .isEqualTo(binary(
                                headers(
                                        "ce-specversion", "1.0",
                                        "ce-id", "1",
                                        "ce-source", "/a",
                                        "ce-type", "a.b",
                                        "Content-Type", "text/plain"),
                                "hi")
                        .posted()
                        .event()
                        .metadata()
                        .asMap());
        assertThat(metadata("")).isEmpty();
    }

    @Test
    void everything_that_is_wrong_with_a_structured_event_is_said_at_once() {
        assertThat(faults(() -> structured("""
                        {"specversion":"0.3","id":"","source":"not a uri","type":"com.Example","subject":5,"time":"yesterday",
                         "data":{"a":"\\ud800"},"data_base64":"aGk=","Bad-Name":"x","big":99999999999}
                        """)))
                .containsExactlyInAnyOrder(
                        "specversion", "id", "source", "type", "subject", "time", "data_base64", "Bad-Name", "big");
        assertThat(faults(() -> structured("{}"))).containsExactlyInAnyOrder("specversion", "id", "source", "type");
    }

    @Test
    void everything_that_is_wrong_with_a_binary_event_is_said_at_once() {
        assertThat(faults(() -> binary(
                        headers(
                                "ce-id", "%ff",
                                "ce-type", "A",
                                "ce-source", "50%",
                                "ce-datacontenttype", "text/plain",
                                "Idempotency-Key", "ü",
                                "Content-Type", "application/json"),
                        "{not json")))
                .contains(
                        "ce-specversion",
                        "ce-id",
                        "ce-type",
                        "ce-source",
                        "ce-datacontenttype",
                        "body",
                        "Idempotency-Key");
    }

    @Test
    void an_idempotency_key_must_be_the_events_id() {
        HttpHeaders headers = headers("Idempotency-Key", "2");
        String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/a\",\"type\":\"a.b\"}";

        assertThat(faults(() -> reader.single(PostedShape.CLOUD_EVENT, json(event), headers, ALICE)))
                .containsExactly("Idempotency-Key");
        assertThat(reader.single(PostedShape.CLOUD_EVENT, json(event.replace("\"1\"", "\"2\"")), headers, ALICE))
                .isNotNull();
    }

    private Map<String, Object> metadata(String more) {
        Event event = structured(
                        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/a\",\"type\":\"a.b\"" + more + "}")
                .posted()
                .event();
        return event.metadata().asMap();
    }

    private Submission structured(String event) {
        return reader.single(PostedShape.CLOUD_EVENT, json(event), new HttpHeaders(), ALICE);
    }

    private Submission binary(HttpHeaders headers, String body) {
        return reader.binary(headers, body.getBytes(StandardCharsets.UTF_8), ALICE);
    }

    @SuppressWarnings("unchecked")
    private static List<String> faults(Runnable reading) {
        InvalidRequestException refused = catchThrowableOfType(InvalidRequestException.class, reading::run);
        return ((List<FieldError>) refused.getBody().getProperties().get("errors"))
                .stream().map(FieldError::field).toList();
    }

    private static HttpHeaders headers(String... namesAndValues) {
        HttpHeaders headers = new HttpHeaders();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            headers.add(namesAndValues[at], namesAndValues[at + 1]);
        }
        return headers;
    }

    private static tools.jackson.databind.JsonNode json(String json) {
        return EventJson.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
