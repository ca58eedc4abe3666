package dev.lightning.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lightning.app.Instance;
import dev.lightning.providers.testing.NotifySink;
import dev.lightning.providers.testing.SinkAnswer;
import dev.lightning.providers.testing.SinkCall;
import dev.lightning.providers.testing.StandInBehaviour;
import dev.lightning.providers.testing.StandInModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole product, as a user runs it, is killed in the middle of its work and started again on the same home. */
class CrashTest {
    /** Temporal gives a silent attempt up after 15 s; the rest is a slow machine. */
    private static final Duration RECOVERY = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private StandInModel model;
    private NotifySink sink;

    @BeforeEach
    void start_the_outside() {
        model = StandInModel.start();
        sink = NotifySink.start(null);
    }

    @AfterEach
    void stop_the_outside() {
        model.close();
        sink.close();
    }

    @Test
    void a_kill_while_the_model_is_answering_loses_nothing() throws Exception {
        model.next(StandInBehaviour.hangs());
        Caller alice;
        try (Instance killed = product()) {
            alice = Caller.register(killed.address("API"), "alice", "correct horse battery");
            assertThat(alice.chat("hello-1", "Say hello").status()).isEqualTo(202);
            await().atMost(RECOVERY).until(() -> !model.calls().isEmpty());

            killed.kill();
        }
        try (Instance restarted = product()) {
            awaitCompleted(alice.at(restarted.address("API")), "hello-1");
        }

        assertThat(model.calls()).hasSizeBetween(1, 2);
        assertThat(model.calls())
                .extracting(StandInModel.Call::key)
                .containsOnly(model.calls().getFirst().key());
        assertOneMessageDelivered("hello-1~1");
    }

    /** Frozen, Temporal cannot be told of the answer; the ledger alone knows of it when everything dies. */
    @Test
    void an_answer_that_only_the_ledger_knows_of_is_not_asked_for_again() throws Exception {
        CountDownLatch frozen = new CountDownLatch(1);
        model.next(call -> {
            await().atMost(RECOVERY).until(() -> frozen.getCount() == 0);
            StandInBehaviour.says("the one answer").answer(call);
        });
        Caller alice;
        // Where nobody listens, for the reply may be on its way before the kill comes.
        try (Instance killed = product("http://127.0.0.1:1/")) {
            alice = Caller.register(killed.address("API"), "alice", "correct horse battery");
            assertThat(alice.chat("hello-2", "Say hello").status()).isEqualTo(202);
            await().atMost(RECOVERY).until(() -> !model.calls().isEmpty());
            Signals.send("STOP", killed.temporal().pid());
            frozen.countDown();
            killed.untilPrinted("event=chat.answered");

            killed.kill();
        }
        assertThat(sink.calls()).isEmpty();
        try (Instance restarted = product()) {
            awaitCompleted(alice.at(restarted.address("API")), "hello-2");
            assertThat(restarted.output()).contains("event=chat.found");
        }

        assertThat(model.calls()).hasSize(1);
        assertThat(sink.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.body()).contains("the one answer"));
    }

    @Test
    void a_kill_before_the_notification_is_through_does_not_repeat_the_finished_model_step() throws Exception {
        sink.then(new SinkAnswer.Hang());
        Caller alice;
        try (Instance killed = product()) {
            alice = Caller.register(killed.address("API"), "alice", "correct horse battery");
            assertThat(alice.chat("hello-3", "Say hello").status()).isEqualTo(202);
            await().atMost(RECOVERY).until(() -> !sink.calls().isEmpty());

            killed.kill();
        }
        try (Instance restarted = product()) {
            awaitCompleted(alice.at(restarted.address("API")), "hello-3");
        }

        assertThat(model.calls()).hasSize(1);
        assertOneMessageDelivered("hello-3~1");
    }

    @Test
    void twenty_equal_posts_at_once_are_one_event() throws Exception {
        try (Instance instance = product();
                TemporalEvidence temporal = TemporalEvidence.of(instance.address("Temporal"))) {
            Caller alice = Caller.register(instance.address("API"), "alice", "correct horse battery");

            List<Integer> statuses = twentyAtOnce(alice);

            assertThat(statuses).hasSize(20).containsOnly(200, 202).containsOnlyOnce(202);
            awaitCompleted(alice, "hello-4");
            await().atMost(RECOVERY)
                    .until(() -> temporal.executions().stream()
                                    .filter(run -> run.getWorkflowType().equals("Event"))
                                    .count()
                            == 1);
            assertThat(model.calls()).hasSize(1);
            assertThat(sink.calls()).hasSize(1);
            assertThat(alice.get("/api/events").json().get("events")).hasSize(1);
        }
    }

    /** However often it was sent, it was the same message each time, and it arrived. */
    private void assertOneMessageDelivered(String id) {
        SinkCall first = sink.calls().getFirst();
        assertThat(sink.calls()).extracting(SinkCall::status).contains(200);
        assertThat(sink.calls()).extracting(SinkCall::eventId).containsOnly(id);
        assertThat(sink.calls()).extracting(SinkCall::webhookId).containsOnly(first.webhookId());
        assertThat(sink.calls()).extracting(SinkCall::bodySha256).containsOnly(first.bodySha256());
    }

    private static List<Integer> twentyAtOnce(Caller alice) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Integer>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int n = 0; n < 20; n++) {
                answers.add(threads.submit(() -> {
                    go.await();
                    return alice.chat("hello-4", "Say hello").status();
                }));
            }
            go.countDown();
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> answer : answers) {
            statuses.add(answer.get());
        }
        return statuses;
    }

    private Instance product() throws IOException {
        return product(sink.url().toString());
    }

    private Instance product(String notified) throws IOException {
        return Instance.start(
                        folder.resolve("home"), Map.of("OPENAI_BASE_URL", model.baseUrl(), "NOTIFY_URL", notified))
                .untilReady();
    }

    private static void awaitCompleted(Caller caller, String id) {
        await().atMost(RECOVERY)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(caller.statusOf(id)).isEqualTo("COMPLETED"));
    }
}
