package dev.lightning.providers.storage.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.blobs.folder.FolderBlobSettings;
import dev.lightning.providers.blobs.folder.FolderBlobStore;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.rows.EffectLedger;
import dev.lightning.providers.storage.rows.EffectLedger.Effect;
import dev.lightning.providers.storage.rows.EventArrival;
import dev.lightning.providers.storage.rows.EventBlobs;
import dev.lightning.providers.storage.rows.EventRow;
import dev.lightning.providers.storage.rows.EventRows;
import dev.lightning.providers.storage.rows.EventRun;
import dev.lightning.providers.storage.rows.ExpiredEvents;
import dev.lightning.providers.storage.rows.MessageRow;
import dev.lightning.providers.storage.rows.MessageRows;
import dev.lightning.providers.storage.rows.NewMessage;
import dev.lightning.providers.storage.rows.RepoRows;
import dev.lightning.providers.storage.rows.ScheduleRow;
import dev.lightning.providers.storage.rows.ScheduleRows;
import dev.lightning.providers.storage.rows.UserRow;
import dev.lightning.providers.storage.rows.UserRows;
import dev.lightning.providers.testing.KeptHomes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Yesterday's homes open today. Each was left behind by a run of the release it is named after ({@code
 * scripts/keep-home}), which tells the same story every time, and is never written again.
 */
final class KeptHomesTest {
    @TempDir
    private Path home;

    private EntityStore store;
    private BlobStore blobs;
    private String alice;

    static Stream<String> releases() throws IOException {
        return KeptHomes.releases();
    }

    private void open(String release) throws IOException {
        KeptHomes.copy(release, home);
        store = new SqliteEntityStore(new SqliteSettings(home.resolve("lightning.db"), null, null, null));
        blobs = new FolderBlobStore(new FolderBlobSettings(home.resolve("blobs")));
        List<String> owners = store.partitions(Table.EVENTS, "", 10);
        assertThat(owners).hasSize(1);
        alice = owners.getFirst();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void its_users_can_be_read(String release) throws IOException {
        open(release);

        UserRow user = new UserRows(store).find("alice").orElseThrow();

        assertThat(user.userId()).isEqualTo("alice");
        assertThat(user.passwordHash()).contains("argon2id");
        assertThat(user.admin()).isFalse();
        assertThat(user.disabled()).isFalse();
        assertThat(user.createdAt()).isAfter("2026-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @MethodSource("releases")
    void its_events_can_be_read_with_how_they_ended(String release) throws IOException {
        open(release);
        EventRows rows = new EventRows(store);

        assertThat(rows.list(alice, row -> true, null, 100).rows())
                .extracting(row -> row.id() + " " + row.type() + " " + row.status())
                .containsExactly(
                        "lunch user.message SCHEDULED",
                        "nobody-1 order.placed UNROUTED",
                        "large-1 user.message COMPLETED",
                        "note-1 user.message COMPLETED",
                        "hello-1 llm.chat COMPLETED");
        assertThat(rows.find(alice, "lunch").orElseThrow().due()).isNotNull();
        EventRow hello = rows.find(alice, "hello-1").orElseThrow();
        assertThat(hello.userId()).isEqualTo("alice");
        assertThat(hello.source()).isEqualTo("kept-home");
        assertThat(hello.time()).isEqualTo("2026-11-21T10:20:30.123Z");
        assertThat(hello.bodyHash()).isNotEmpty();
        assertThat(hello.hasEnded()).isTrue();
        assertThat(hello.report()).contains("llm.chat.response");
        assertThat(hello.runs()).extracting(EventRun::status).containsExactly("COMPLETED");
        assertThat(new String(blobs.get(EventBlobs.metadata(alice, "large-1")).orElseThrow(), UTF_8))
                .contains("all that was said");
    }

    @ParameterizedTest
    @MethodSource("releases")
    void its_messages_and_their_blobs_can_be_read(String release) throws IOException {
        open(release);
        MessageRows rows = messages();

        assertThat(rows.list(alice, row -> true, null, 100).rows())
                .extracting(MessageRow::id)
                .containsExactly("large-1", "note-1", "hello-1~1");
        MessageRow note = rows.find(alice, "note-1").orElseThrow();
        assertThat(rows.body(note)).contains("Grüße, 你好");
        assertThat(note.delivery()).isEqualTo("SKIPPED");
        assertThat(note.sequence()).isEqualTo(2);
        MessageRow large = rows.find(alice, "large-1").orElseThrow();
        assertThat(large.bodyBlob()).isNotNull();
        assertThat(rows.body(large)).contains("all that was said, ".repeat(7_000));
    }

    @ParameterizedTest
    @MethodSource("releases")
    void its_effects_can_be_read(String release) throws IOException {
        open(release);

        EffectLedger.Result result = new EffectLedger(store, blobs, InstantSource.system())
                .find(new Effect(alice, "hello-1", "chat"))
                .result();

        assertThat(result).isNotNull();
        assertThat(result.json()).contains("\"demo\":true", "Zoë 🚀");
    }

    @ParameterizedTest
    @MethodSource("releases")
    void its_schedules_and_repositories_can_be_read(String release) throws IOException {
        open(release);
        ScheduleRows schedules = new ScheduleRows(store);

        ScheduleRow lunch = schedules.find(alice, "lunch").orElseThrow();
        assertThat(lunch.isOnce()).isTrue();
        assertThat(lunch.confirmed()).isTrue();
        ScheduleRow morning = schedules.find(alice, "morning").orElseThrow();
        assertThat(morning.cron()).isEqualTo("0 8 * * 1-5");
        assertThat(morning.timeZone()).isEqualTo("Europe/Berlin");
        assertThat(morning.eventType()).isEqualTo("llm.chat");
        assertThat(new RepoRows(store).find(alice, "shop").orElseThrow().defaultRef())
                .isEqualTo("main");
    }

    @ParameterizedTest
    @MethodSource("releases")
    void it_can_be_gone_on_with(String release) throws IOException {
        open(release);
        EventRows events = new EventRows(store);
        EventRow hello = events.find(alice, "hello-1").orElseThrow();
        MessageRows messages = messages();

        assertThat(events.insertIfAbsent(hello)).isEqualTo(new EventArrival.Repeated(hello));
        assertThat(events.reopen(hello, "RUNNING", Instant.now())).isPresent();
        long newest = messages.newest(alice);
        assertThat(messages.keep(new NewMessage(alice, "next", "user.message", "{}", null, "PENDING"))
                        .sequence())
                .isEqualTo(newest + 1);
        Instant inAYear = Instant.now().plus(Duration.ofDays(365));
        assertThat(new ExpiredEvents(store, blobs).remove(alice, inAYear, null).removed())
                .isEqualTo(3);
        assertThat(blobs.get(EventBlobs.metadata(alice, "large-1"))).isEmpty();
    }

    private MessageRows messages() {
        return new MessageRows(store, blobs, InstantSource.system());
    }
}
