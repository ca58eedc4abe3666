package dev.lightning.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lightning.api.security.OwnerKeys;
import dev.lightning.app.Instance;
import dev.lightning.app.faults.Caller.Answer;
import dev.lightning.providers.testing.NotifySink;
import dev.lightning.providers.testing.PostgresServer;
import dev.lightning.providers.testing.StandInBehaviour;
import dev.lightning.providers.testing.StandInModel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One product through the absences of what it needs, and an answer that is too large for a history. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutagesTest {
    private static final Duration RECOVERY = Duration.ofSeconds(90);
    private static final Duration A_FEW_SECONDS = Duration.ofSeconds(10);
    private static final int THREE_MEGABYTES = 3 << 20;

    @TempDir
    static Path folder;

    private PostgresServer postgres;
    private SeparateTemporal temporal;
    private StandInModel model;
    private NotifySink sink;
    private Instance product;
    private Caller alice;

    @BeforeAll
    void start() throws Exception {
        postgres = PostgresServer.start();
        temporal = SeparateTemporal.start(folder);
        model = StandInModel.start();
        sink = NotifySink.start(null);
        product = Instance.start(
                        folder.resolve("home"),
                        Map.of(
                                "TEMPORAL_ADDRESS", temporal.address(),
                                "DATABASE_URL", postgres.newDatabase(),
                                "OPENAI_BASE_URL", model.baseUrl(),
                                "NOTIFY_URL", sink.url().toString()))
                .untilReady();
        alice = Caller.register(product.address("API"), "alice", "correct horse battery");
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable part : Arrays.asList(product, sink, model, temporal, postgres)) {
            if (part != null) {
                part.close();
            }
        }
    }

    @Test
    void an_answer_of_three_megabytes_is_kept_outside_the_history_and_can_be_read_whole() {
        model.next(StandInBehaviour.saysBytes(THREE_MEGABYTES));

        assertThat(alice.chat("large-1", "Say a lot").status()).isEqualTo(202);

        awaitCompleted("large-1");
        assertThat(historyBytes("large-1")).isLessThan(128 << 10);
        Answer message = alice.get("/api/messages/large-1~1");
        assertThat(message.status()).isEqualTo(200);
        assertThat(message.json().at("/event/metadata/reply").asString()).hasSize(THREE_MEGABYTES);
        assertThat(callsFor("large-1")).isEqualTo(1);
    }

    @Test
    void without_temporal_a_post_is_refused_for_now_and_accepted_once_it_is_back() throws Exception {
        temporal.kill();
        try {
            assertRefusedSoon("away-1");
        } finally {
            temporal.startAgain();
        }
        assertAcceptedAfterwards("away-1");
    }

    /** It takes connections and requests, so that nobody can tell what became of them. */
    @Test
    void a_temporal_that_hangs_leaves_nothing_half_accepted() throws Exception {
        temporal.freeze();
        try {
            assertRefusedSoon("hung-1");
        } finally {
            temporal.thaw();
        }
        assertAcceptedAfterwards("hung-1");
    }

    @Test
    void without_postgres_a_post_is_refused_for_now_and_running_events_finish_once_it_is_back() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        model.next(call -> {
            await().atMost(RECOVERY).until(() -> gone.getCount() == 0);
            StandInBehaviour.says("meanwhile").answer(call);
        });
        assertThat(alice.chat("running-1", "Take your time").status()).isEqualTo(202);
        await().atMost(RECOVERY).until(() -> callsFor("running-1") == 1);

        postgres.stop();
        gone.countDown();

        assertRefusedSoon("storeless-1");
        product.untilPrinted("event=chat.unrecorded");

        postgres.resume();
        awaitCompleted("running-1");
        assertThat(callsFor("running-1")).isEqualTo(1);
        assertAcceptedAfterwards("storeless-1");
    }

    private void assertRefusedSoon(String id) {
        Instant before = Instant.now();
        Answer refused = alice.chat(id, "Say hello");
        assertThat(Duration.between(before, Instant.now())).isLessThan(A_FEW_SECONDS);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    /** The same post again, which must be one event whatever became of the refused one. */
    private void assertAcceptedAfterwards(String id) {
        await().atMost(RECOVERY)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(
                        () -> assertThat(alice.chat(id, "Say hello").isGood()).isTrue());
        awaitCompleted(id);
        assertThat(callsFor(id)).isEqualTo(1);
        assertThat(alice.get("/api/events?pageSize=200")
                        .json()
                        .get("events")
                        .valueStream()
                        .filter(event -> event.get("id").asString().equals(id)))
                .hasSize(1);
        assertThat(alice.get("/api/events/" + id).json().get("runs")).hasSize(1);
        assertThat(sink.calls().stream().filter(call -> (id + "~1").equals(call.eventId())))
                .hasSize(1);
    }

    private void awaitCompleted(String id) {
        await().atMost(RECOVERY)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(alice.statusOf(id)).isEqualTo("COMPLETED"));
    }

    private long historyBytes(String id) {
        return temporal.client()
                .newUntypedWorkflowStub("event-" + OwnerKeys.builtIn("alice").key() + "-" + id)
                .describe()
                .getRawDescription()
                .getWorkflowExecutionInfo()
                .getHistorySizeBytes();
    }

    private long callsFor(String id) {
        String key = OwnerKeys.builtIn("alice").key() + "/" + id + "/chat";
        List<StandInModel.Call> calls = model.calls();
        return calls.stream().filter(call -> call.key().equals(key)).count();
    }
}
