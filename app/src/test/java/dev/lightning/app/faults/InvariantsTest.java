package dev.lightning.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lightning.app.Instance;
import dev.lightning.app.faults.Journal.Line;
import dev.lightning.app.faults.Journal.Word;
import dev.lightning.app.faults.LoadClient.Wanted;
import dev.lightning.providers.storage.postgres.PostgresEntityStore;
import dev.lightning.providers.storage.postgres.PostgresSettings;
import dev.lightning.providers.testing.NotifySink;
import dev.lightning.providers.testing.PostgresServer;
import dev.lightning.providers.testing.StandInBehaviour;
import dev.lightning.providers.testing.StandInModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * API, worker, Temporal and PostgreSQL as processes of their own; the worker and Temporal are killed ten times each while
 * a client posts. The seed of the moments is printed; {@code -Dfaults.seed} repeats them as far as a machine can.
 */
class InvariantsTest {
    private static final Logger log = LoggerFactory.getLogger(InvariantsTest.class);
    private static final int KILLS = 10;
    private static final int MOST_REQUESTS = 500;
    private static final Duration QUIET = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void nothing_accepted_is_lost_or_done_twice_while_worker_and_temporal_are_killed() throws Exception {
        long seed = Long.getLong("faults.seed", System.nanoTime());
        log.info("event=faults.begin seed={}", seed);
        Journal journal = new Journal(folder.resolve("requests.txt"));
        try (PostgresServer postgres = PostgresServer.start();
                SeparateTemporal temporal = SeparateTemporal.start(folder);
                StandInModel model = StandInModel.start();
                NotifySink sink = NotifySink.start(null)) {
            Random thinking = new Random(seed + 3);
            model.usually(call -> StandInBehaviour.echoes()
                    .after(Duration.ofMillis(50 + thinking.nextInt(950)))
                    .answer(call));
            String database = postgres.newDatabase();
            Map<String, String> common = Map.of(
                    "TEMPORAL_ADDRESS", temporal.address(),
                    "DATABASE_URL", database,
                    "OPENAI_BASE_URL", model.baseUrl(),
                    "NOTIFY_URL", sink.url().toString());
            Chaos chaos = new Chaos(temporal, folder.resolve("worker"), as("worker", common), seed);
            try (Instance api =
                    Instance.start(folder.resolve("api"), as("api", common)).untilReady()) {
                Caller alice = Caller.register(api.address("API"), "alice", "correct horse battery");
                LoadClient load = new LoadClient(alice, journal, seed + 2);

                try (Instance worker = killWhilePosting(chaos, load)) {
                    log.info("event=faults.over");
                    worker.untilReady();
                    askAgainForWhatWasNotAccepted(load, journal);
                    awaitTheEndOf(load);
                    log.info("event=faults.quiet");

                    try (PostgresEntityStore store =
                                    new PostgresEntityStore(new PostgresSettings(database, null, null, null));
                            TemporalEvidence evidence = TemporalEvidence.of(temporal.address())) {
                        InvariantChecker checker = new InvariantChecker(store, evidence, journal, model, sink, chaos);
                        checker.check(load);
                        log.info("event=faults.end seed={} {}", seed, checker.summary());
                        assertThat(checker.violations()).isEmpty();
                    }
                }
            }
            temporal.kill();
            assertThat(Databases.integrityOfSqlite(temporal.database())).isEqualTo("ok");
            assertThat(Databases.entitiesThatDisagree(postgres, database)).isEmpty();
        }
        assertThat(journal.lines()).extracting(Line::status).isSubsetOf(0, 200, 202, 503);
    }

    private static Instance killWhilePosting(Chaos chaos, LoadClient load) throws Exception {
        CountDownLatch enough = new CountDownLatch(1);
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<?> posting = thread.submit(() -> {
                load.run(enough, MOST_REQUESTS);
                return null;
            });
            Instance survivor;
            try {
                survivor = chaos.run(KILLS);
            } finally {
                enough.countDown();
            }
            posting.get();
            return survivor;
        }
    }

    /** What a client does that was refused or got no answer: the same again, until it is accepted. */
    private static void askAgainForWhatWasNotAccepted(LoadClient load, Journal journal) {
        List<String> accepted = journal.lines().stream()
                .filter(line -> line.word() == Word.OK)
                .map(Line::id)
                .toList();
        load.posted().stream()
                .filter(event -> !accepted.contains(event.id()))
                .forEach(event -> await().atMost(QUIET).until(() -> load.post(event) == Word.OK));
    }

    private static void awaitTheEndOf(LoadClient load) {
        await().atMost(QUIET).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            List<Wanted> open = load.posted().stream()
                    .filter(event -> !load.terminalStatesSeen().containsKey(event.id()))
                    .toList();
            open.forEach(load::look);
            assertThat(open).isEmpty();
        });
    }

    private static Map<String, String> as(String part, Map<String, String> common) {
        Map<String, String> settings = new LinkedHashMap<>(common);
        settings.put("SERVICE_TYPE", part);
        return settings;
    }
}
