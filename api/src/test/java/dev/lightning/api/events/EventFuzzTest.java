package dev.lightning.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.api.errors.Findings;
import dev.lightning.api.security.Caller;
import dev.lightning.api.security.OwnerKeys;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.EventTypes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.JsonNode;

/** Random bodies, most of them nearly right: each is refused with a client error or taken as a sound event. */
class EventFuzzTest {
    private static final Caller ALICE = new Caller(OwnerKeys.builtIn("alice"), false);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));
    private static final int BODIES = 4_000;
    private static final String[] NAMES = {
        "timestamp",
        "source",
        "type",
        "userID",
        "metadata",
        "id",
        "subject",
        "specversion",
        "time",
        "data",
        "data_base64",
        "datacontenttype",
        "userId",
        "",
        "\\u0000",
        "\\ud800",
        "ext"
    };
    private static final String[] VALUES = {
        "null",
        "true",
        "0",
        "-0",
        "1e400",
        "-1e-999999999",
        "1.5",
        "99999999999999999999",
        "\"\"",
        "\"alice\"",
        "\"bob\"",
        "\"order.created\"",
        "\"llm.chat.response\"",
        "\"1.0\"",
        "\"2026-11-21T12:00:00Z\"",
        "\"2026-11-21\"",
        "\"a~1\"",
        "\"a:b\"",
        "\"\\u0000\"",
        "\"\\udc00x\"",
        "\"\\ud83d\\ude00\"",
        "\"text/plain\"",
        "\"application/json\"",
        "\"aGk=\"",
        "\"/shop\"",
        "\"ht tp://x\"",
        "[]",
        "{}",
        "[[[]]]",
        "{\"a\":[1,{\"b\":\"\\ud800\"}]}",
        "{\"extensions\":1}",
        "{\"$number\":\"1\"}"
    };

    private final EventComposer composer = new EventComposer(List.of(), CLOCK);
    private final SubmissionReader reader = new SubmissionReader(new FoundingEventReader(composer), composer);

    @ParameterizedTest
    @ValueSource(longs = {1, 20, 300, 4_000, 50_000})
    void no_body_is_answered_with_a_server_error_or_taken_with_a_bad_field(long seed) {
        Random random = new Random(seed);
        int taken = 0;
        for (int n = 0; n < BODIES; n++) {
            boolean cloudEvent = random.nextBoolean();
            String body = body(random, cloudEvent);
            try {
                JsonNode json = EventJson.parse(body.getBytes(StandardCharsets.UTF_8));
                PostedShape shape = cloudEvent ? PostedShape.CLOUD_EVENT : PostedShape.FOUNDING;
                assertSound(reader.single(shape, json, new HttpHeaders(), ALICE).posted(), seed, body);
                taken++;
            } catch (ErrorResponseException refused) {
                assertThat(refused.getStatusCode().is4xxClientError())
                        .as("seed %s body %s", seed, body)
                        .isTrue();
            }
        }
        assertThat(taken).as("seed %s", seed).isBetween(BODIES / 100, BODIES / 2 + BODIES / 3);
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 77})
    void broken_bytes_are_malformed_json_and_nothing_else(long seed) {
        Random random = new Random(seed);
        for (int n = 0; n < BODIES; n++) {
            byte[] body = body(random, false).getBytes(StandardCharsets.UTF_8);
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            try {
                new FoundingEventReader(composer).read(EventJson.parse(body), ALICE, "", null, null, new Findings());
            } catch (ErrorResponseException refused) {
                assertThat(refused.getStatusCode().is4xxClientError())
                        .as("seed %s body %s", seed, new String(body, StandardCharsets.ISO_8859_1))
                        .isTrue();
            }
        }
    }

    private static void assertSound(Posted posted, long seed, String body) {
        Event event = posted.event();
        assertThat(EventId.isPostable(event.id().value())
                        && EventTypes.isWellFormed(event.type())
                        && !EventTypes.isPlatformOnly(event.type())
                        && !event.source().isBlank()
                        && Texts.isPrintable(event.source())
                        && event.owner().equals(ALICE.owner())
                        && event.hop() == 0
                        && posted.bodyHash().matches("[0-9a-f]{64}"))
                .as("seed %s body %s gave %s", seed, body, event)
                .isTrue();
        String stored = EventJson.MAPPER.writeValueAsString(event.metadata().asMap());
        assertThat(stored).as("seed %s body %s", seed, body).doesNotContain("\\u0000");
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(stored))
                .as("seed %s body %s", seed, body)
                .isTrue();
    }

    private static String body(Random random, boolean cloudEvent) {
        StringBuilder body = new StringBuilder(
                cloudEvent
                        ? "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/shop\",\"type\":\"order.created\""
                        : "{\"timestamp\":\"2026-11-21T12:00:00Z\",\"source\":\"shop\",\"type\":\"order.created\",\"userID\":\"alice\"");
        for (int extra = random.nextInt(3); extra > 0; extra--) {
            String name = NAMES[random.nextInt(NAMES.length)];
            String value = VALUES[random.nextInt(VALUES.length)];
            int known = body.indexOf("\"" + name + "\":\"");
            if (known >= 0) {
                int start = known + name.length() + 3;
                body.replace(start, body.indexOf("\"", start + 1) + 1, value);
            } else {
                body.append(",\"").append(name).append("\":").append(value);
            }
        }
        return body.append('}').toString();
    }
}
