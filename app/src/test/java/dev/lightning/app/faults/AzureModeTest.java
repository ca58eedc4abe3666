package dev.lightning.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lightning.app.Instance;
import dev.lightning.providers.testing.Azurite;
import dev.lightning.providers.testing.NotifySink;
import dev.lightning.providers.testing.StandInBehaviour;
import dev.lightning.providers.testing.StandInModel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole product in azure mode, with rows and blobs in a real Azurite: only the environment differs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AzureModeTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int LARGE = 1 << 20;

    @TempDir
    static Path folder;

    private Azurite azurite;
    private SeparateTemporal temporal;
    private StandInModel model;
    private NotifySink sink;

    @BeforeAll
    void start() throws Exception {
        azurite = Azurite.start();
        temporal = SeparateTemporal.start(folder);
        model = StandInModel.start();
        sink = NotifySink.start(null);
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable part : Arrays.asList(sink, model, temporal, azurite)) {
            if (part != null) {
                part.close();
            }
        }
    }

    @Test
    void the_main_job_is_done_and_a_restart_finds_all_of_it() throws Exception {
        Caller alice;
        try (Instance first = instance(Map.of()).untilReady()) {
            alice = Caller.register(first.address("API"), "alice", "correct horse battery");
            model.next(StandInBehaviour.saysBytes(LARGE));
            assertThat(alice.chat("hello-1", "Say a lot").status()).isEqualTo(202);
            assertThat(alice.send("POST", "/api/schedule", later()).status()).isEqualTo(201);
            Caller user = alice;
            await().atMost(SOON)
                    .until(() -> user.statusOf("hello-1").equals("COMPLETED")
                            && sink.calls().size() == 1);
            assertThat(alice.get("/health").text()).contains("azure_table");
        }

        try (Instance second = instance(Map.of()).untilReady()) {
            Caller again = alice.at(second.address("API"));
            assertThat(again.get("/api/events").json().get("events").values())
                    .extracting(event -> event.get("id").asString())
                    .containsExactlyInAnyOrder("hello-1", "later-1");
            assertThat(again.get("/api/messages/hello-1~1")
                            .json()
                            .at("/event/metadata/reply")
                            .asString())
                    .hasSize(LARGE);
            assertThat(again.get("/api/schedule").json().get("schedules").values())
                    .extracting(schedule -> schedule.get("scheduleId").asString())
                    .containsExactly("later-1");
            assertThat(again.chat("hello-1", "Say a lot")
                            .json()
                            .get("duplicate")
                            .asBoolean())
                    .isTrue();
            assertThat(second.output()).doesNotContain("WARN", "Exception", azurite.key());
        }
        assertThat(folder.resolve("home/lightning.db")).doesNotExist();
        assertThat(folder.resolve("home/blobs")).doesNotExist();
    }

    @Test
    void everything_that_is_missing_or_contradicts_is_said_at_once() throws Exception {
        try (Instance bare = Instance.start(
                folder.resolve("bare"),
                Map.of("LIGHTNING_MODE", "azure", "REPO_TABLE", "my-repos", "EVENTS_RATE_PER_SECOND", "many"))) {
            assertThat(bare.exitCode()).isEqualTo(1);
            assertThat(bare.output().lines())
                    .allMatch(line -> line.startsWith("lightning: "))
                    .hasSize(7);
            assertThat(bare.output())
                    .contains("needs TEMPORAL_ADDRESS", "needs JWT_SIGNING_KEY", "needs OPENAI_API_KEY")
                    .contains("needs a store: STORAGE_CONNECTION", "for blobs, or LIGHTNING_BLOB_PROVIDER=local")
                    .contains("REPO_TABLE must be", "EVENTS_RATE_PER_SECOND");
        }
    }

    @Test
    void an_account_that_refuses_the_key_stops_the_start_in_one_line_without_showing_it() throws Exception {
        String wrong = Azurite.newKey();
        try (Instance refused = instance(Map.of("STORAGE_CONNECTION", azurite.connection(wrong)))) {
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.output().lines().filter(line -> line.startsWith("lightning: ")))
                    .singleElement()
                    .asString()
                    .contains("of lightning at 127.0.0.1 refuses the key");
            assertThat(refused.output()).doesNotContain(wrong);
        }
    }

    private Instance instance(Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "LIGHTNING_MODE", "azure",
                "TEMPORAL_ADDRESS", temporal.address(),
                "STORAGE_CONNECTION", azurite.connection(),
                "JWT_SIGNING_KEY", "0123456789abcdef0123456789abcdef",
                "OPENAI_BASE_URL", model.baseUrl(),
                "NOTIFY_URL", sink.url().toString()));
        settings.putAll(more);
        return Instance.start(folder.resolve("home"), settings);
    }

    private static Map<String, Object> later() {
        return Map.of(
                "id",
                "later-1",
                "timestamp",
                Instant.now().plus(1, ChronoUnit.HOURS).toString(),
                "event",
                Map.of(
                        "source",
                        "azure",
                        "type",
                        "user.message",
                        "userID",
                        "alice",
                        "metadata",
                        Map.of("text", "lunch")));
    }
}
