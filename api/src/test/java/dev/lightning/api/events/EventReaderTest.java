package dev.lightning.api.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.api.errors.FieldError;
import dev.lightning.api.errors.Findings;
import dev.lightning.api.security.Caller;
import dev.lightning.api.security.OwnerKeys;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.Metadata;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

class EventReaderTest {
    private static final Caller ALICE = new Caller(OwnerKeys.builtIn("alice"), false);
    private static final Caller ADMIN = new Caller(OwnerKeys.builtIn("root"), true);
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final EventReader reader = new FoundingEventReader(
            List.of(new NeedsText("test.checked"), new MessageCheck()), InstantSource.fixed(NOW));

    @Test
    void a_whole_event_is_read_as_it_was_said() {
        Posted posted = read("""
                {"timestamp":"2026-11-21T13:00:00.5+02:00","source":"shop","type":"order.created","userID":"alice",
                 "id":"o-1","subject":"order 1","metadata":{"n":12345678901234567890,"d":0.10000000000000000001,"a":[1,null,true]}}
                """);

        assertThat(posted.event().id()).isEqualTo(new EventId("o-1"));
        assertThat(posted.event().time()).isEqualTo(Instant.parse("2026-11-21T11:00:00.5Z"));
        assertThat(posted.event().receivedAt()).isEqualTo(NOW);
        assertThat(posted.event().owner()).isEqualTo(ALICE.owner());
        assertThat(posted.event().subject()).isEqualTo("order 1");
        assertThat(posted.event().metadata().get("n")).isEqualTo(new BigInteger("12345678901234567890"));
        assertThat(posted.event().metadata().get("d")).isEqualTo(new BigDecimal("0.10000000000000000001"));
    }

    @Test
    void everything_that_is_wrong_is_said_at_once_with_its_path() {
        assertThat(findings("""
                        {"timestamp":"2026-11-21","source":"","type":"Order Created","userID":7,"id":"a/b","subject":"\\u0000",
                         "metadata":{"a":{"b":["\\ud800",{"c":1e999}]}},"extra":1}
                        """))
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder(
                        "e.timestamp",
                        "e.source",
                        "e.type",
                        "e.userID",
                        "e.id",
                        "e.subject",
                        "e.metadata.a.b[0]",
                        "e.metadata.a.b[1].c",
                        "e.extra");
        assertThat(findings("{}"))
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder("e.timestamp", "e.source", "e.type", "e.userID");
        assertThat(findings("[]")).singleElement().isEqualTo(new FieldError("e", "must be a JSON object"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21",
                "2026-11-21T12:00:00",
                "2026-11-21T12:00:00+99:00",
                "+999999999-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "1763726400",
                "2026-02-30T00:00:00Z",
                "",
                "now"
            })
    void a_time_without_zone_or_sense_is_refused(String timestamp) {
        assertThat(findings(event("timestamp", "\"" + timestamp + "\"")))
                .extracting(FieldError::field)
                .containsExactly("e.timestamp");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-11-21T12:00:00z", "2026-11-21T13:00+01:00", "2026-11-21T13:00:00+01:00[Europe/Berlin]"})
    void a_time_with_zone_is_an_instant(String timestamp) {
        assertThat(read(event("timestamp", "\"" + timestamp + "\"")).event().time())
                .isEqualTo(NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "ä", "a/b", "root~1", "a:b", "a\\u0000", ".", "..", "..."})
    void an_id_outside_the_alphabet_or_like_an_emitted_one_is_refused(String id) {
        assertThat(findings(event("id", "\"" + id + "\"")))
                .extracting(FieldError::field)
                .containsExactly("e.id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ",\"metadata\":{}", ",\"metadata\":{\"text\":\" \"}", ",\"metadata\":{\"text\":{\"a\":1}}"})
    void a_message_without_a_text_is_refused_beside_all_else_that_is_wrong(String metadata) {
        assertThat(findings("{\"timestamp\":\"now\",\"type\":\"user.message\",\"userID\":\"alice\"" + metadata + "}"))
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder("e.timestamp", "e.source", "e.metadata.text");
    }

    @Test
    void a_message_may_carry_more_than_its_text() {
        assertThat(read("""
                        {"timestamp":"2026-11-21T12:00:00Z","source":"s","type":"user.message","userID":"alice",
                         "metadata":{"text":"Lunch!","link":{"url":"https://example.org"}}}
                        """).event().metadata().get("link")).isNotNull();
    }

    @Test
    void metadata_may_be_as_deep_as_the_platform_carries_and_no_deeper() {
        assertThat(read(event("metadata", nested(Metadata.MAX_DEPTH)))).isNotNull();
        assertThat(findings(event("metadata", nested(Metadata.MAX_DEPTH + 1)))).hasSize(1);
        assertThat(findings(event("metadata", nested(400)))).hasSize(1);
    }

    @Test
    void a_flood_of_faults_is_told_in_a_short_answer() {
        String faults = "[" + "\"\\u0000\",".repeat(5_000) + "1]";
        assertThat(findings(event("metadata", "{\"x\":" + faults + "}"))).hasSize(20);
    }

    @Test
    void only_an_admin_may_name_another_user() {
        String bobs = event("userID", "\"bob\"");
        assertForbidden(bobs, ALICE);
        assertThat(reader.read(json(bobs), ADMIN, "", null, null, new Findings())
                        .event()
                        .owner())
                .isEqualTo(OwnerKeys.builtIn("bob"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"llm.chat.response", "worker.task.result", "tool.scan.result", "tool.scan.call"})
    void only_the_platform_and_an_admin_emit_results(String type) {
        String forged = event("type", "\"" + type + "\"");
        assertForbidden(forged, ALICE);
        assertThat(reader.read(json(forged.replace("alice", "root")), ADMIN, "", null, null, new Findings()))
                .isNotNull();
    }

    @Test
    void a_missing_time_means_what_the_reader_was_told_and_does_not_change_the_hash() {
        String timeless = event("timestamp", "null");
        assertThat(findings(timeless)).extracting(FieldError::field).containsExactly("e.timestamp");

        Posted early = reader.read(json(timeless), ALICE, "", NOW, "fixed", new Findings());
        Posted late = reader.read(json(timeless), ALICE, "", NOW.plusSeconds(9), null, new Findings());
        assertThat(early.event().time()).isEqualTo(NOW);
        assertThat(early.event().id()).isEqualTo(new EventId("fixed"));
        assertThat(early.bodyHash()).isEqualTo(late.bodyHash());
    }

    @Test
    void a_hash_forgets_id_and_spelling_but_no_value() {
        String base = hash(event("metadata", "{\"a\":1,\"b\":100}"));

        assertThat(hash(event("metadata", "{ \"b\" : 1e2, \"a\" : 1.0 }"))).isEqualTo(base);
        assertThat(hash(event("metadata", "{\"a\":1,\"b\":100}").replace("{\"timestamp", "{\"id\":\"x\",\"timestamp")))
                .isEqualTo(base);
        assertThat(hash(event("metadata", "{\"a\":1,\"b\":101}"))).isNotEqualTo(base);
        assertThat(hash(event("metadata", "{\"n\":12345678901234567890}")))
                .isNotEqualTo(hash(event("metadata", "{\"n\":12345678901234567891}")));
        assertThat(hash(event("metadata", "{\"n\":0.1}"))).isNotEqualTo(hash(event("metadata", "{\"n\":\"0.1\"}")));
    }

    @Test
    void a_check_of_the_type_adds_its_findings() {
        assertThat(findings(event("type", "\"test.checked\"")))
                .containsExactly(new FieldError("e.metadata.text", "is required"));
    }

    @Test
    void new_ids_are_uuids_that_sort_by_time() {
        String first = EventIds.next(NOW).value();
        String second = EventIds.next(NOW.plusMillis(1)).value();
        assertThat(java.util.UUID.fromString(first).version()).isEqualTo(7);
        assertThat(java.util.UUID.fromString(first).variant()).isEqualTo(2);
        assertThat(first).isLessThan(second);
        assertThat(EventId.isPostable(first)).isTrue();
    }

    private Posted read(String json) {
        Findings findings = new Findings();
        Posted posted = reader.read(json(json), ALICE, "", null, null, findings);
        assertThat(findings.errors()).isEmpty();
        return posted;
    }

    private String hash(String json) {
        return read(json).bodyHash();
    }

    private List<FieldError> findings(String json) {
        Findings findings = new Findings();
        assertThat(reader.read(json(json), ALICE, "e", null, null, findings)).isNull();
        return findings.errors();
    }

    private void assertForbidden(String json, Caller caller) {
        assertThatThrownBy(() -> reader.read(json(json), caller, "", null, null, new Findings()))
                .isInstanceOfSatisfying(
                        ErrorResponseException.class,
                        refused -> assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN));
    }

    private static String nested(int depth) {
        return "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
    }

    private static String event(String field, String value) {
        StringBuilder event = new StringBuilder("{\"timestamp\":\"2026-11-21T12:00:00Z\",\"source\":\"shop\"")
                .append(",\"type\":\"order.created\",\"userID\":\"alice\"}");
        String known = "\"" + field + "\":\"";
        int at = event.indexOf(known);
        if (at < 0) {
            return event.insert(event.length() - 1, ",\"" + field + "\":" + value)
                    .toString();
        }
        int start = at + known.length() - 1;
        return event.replace(start, event.indexOf("\"", start + 1) + 1, value).toString();
    }

    private static tools.jackson.databind.JsonNode json(String json) {
        return EventJson.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private record NeedsText(String type) implements TypeCheck {
        @Override
        public void check(Metadata metadata, String path, Findings findings) {
            findings.require(metadata.text("text") != null, path + ".text", "is required");
        }
    }
}
