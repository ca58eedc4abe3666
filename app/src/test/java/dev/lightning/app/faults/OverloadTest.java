package dev.lightning.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lightning.app.Instance;
import dev.lightning.app.faults.Caller.Answer;
import dev.lightning.providers.testing.StandInModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One user posts as much as 32 connections carry, another a chat now and then: the whole product, really too busy. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class OverloadTest {
    private static final int POSTERS = 32;
    private static final int CHATS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private final CountDownLatch enough = new CountDownLatch(1);
    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
    private final Queue<Answer> refused = new ConcurrentLinkedQueue<>();
    private final Queue<Answer> unexpected = new ConcurrentLinkedQueue<>();

    @Test
    void a_flood_is_refused_with_a_pause_what_was_accepted_is_done_once_and_another_user_is_never_refused()
            throws Exception {
        try (StandInModel model = StandInModel.start();
                Instance product = product(model)) {
            Caller flood = Caller.register(product.address("API"), "flood", "correct horse battery");
            Caller alice = Caller.register(product.address("API"), "alice", "correct horse battery");
            List<Answer> chats = new ArrayList<>();
            try (ExecutorService posters = Executors.newVirtualThreadPerTaskExecutor()) {
                AtomicInteger ids = new AtomicInteger();
                for (int poster = 0; poster < POSTERS; poster++) {
                    posters.execute(() -> postUntilEnough(flood, ids));
                }
                try {
                    await().atMost(PATIENCE).until(() -> !refused.isEmpty());
                    for (int chat = 0; chat < CHATS; chat++) {
                        int refusedBefore = refused.size();
                        chats.add(alice.chat("chat-" + chat, "Am I heard?"));
                        assertThat(product.status("/livez")).isEqualTo(200);
                        await().atMost(PATIENCE).until(() -> refused.size() > refusedBefore);
                    }
                    assertThat(product.status("/readyz")).isEqualTo(200);
                } finally {
                    enough.countDown();
                }
            }

            assertThat(chats).extracting(Answer::status).containsOnly(202);
            assertThat(unexpected).isEmpty();
            assertThat(refused).allSatisfy(answer -> {
                assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                        .isBetween(1L, 30L);
                assertThat(answer.json().get("type").asString()).isEqualTo("/problems/overloaded");
            });
            List<String> all = new ArrayList<>(accepted);
            for (int chat = 0; chat < CHATS; chat++) {
                all.add("chat-" + chat);
                awaitCompleted(alice, "chat-" + chat);
            }
            accepted.forEach(id -> awaitCompleted(flood, id));
            assertThat(model.calls())
                    .extracting(call -> call.key().split("/")[call.key().split("/").length - 2])
                    .containsExactlyInAnyOrderElementsOf(all);
            product.untilPrinted("event=overload.entered");
        }
    }

    private static void awaitCompleted(Caller owner, String id) {
        await().pollDelay(Duration.ZERO)
                .atMost(PATIENCE)
                .until(() -> owner.statusOf(id).equals("COMPLETED"));
    }

    private Instance product(StandInModel model) throws Exception {
        return Instance.start(
                        folder.resolve("home"),
                        Map.of(
                                "OPENAI_BASE_URL", model.baseUrl(),
                                "OVERLOAD_DELAY", "200ms",
                                "EVENTS_RATE_PER_SECOND", "100000"))
                .untilReady();
    }

    private void postUntilEnough(Caller flood, AtomicInteger ids) {
        while (enough.getCount() > 0) {
            String id = "flood-" + ids.incrementAndGet();
            Answer answer = flood.chat(id, "One more");
            switch (answer.status()) {
                case 202 -> accepted.add(id);
                case 429 -> refused.add(answer);
                default -> unexpected.add(answer);
            }
        }
    }
}
