package dev.lightning.activities.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.blobs.InMemoryBlobStore;
import dev.lightning.providers.model.openai.OpenAiChatModel;
import dev.lightning.providers.model.openai.OpenAiSettings;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.EffectLedger;
import dev.lightning.providers.testing.StandInBehaviour;
import dev.lightning.providers.testing.StandInModel;
import dev.lightning.workflows.BuiltinHandlers;
import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.events.Attempts;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventActivities;
import dev.lightning.workflows.events.EventAttributes;
import dev.lightning.workflows.events.EventReport;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.EventSubmission;
import dev.lightning.workflows.events.EventWorkflow;
import dev.lightning.workflows.events.RunRecord;
import dev.lightning.workflows.events.Step;
import dev.lightning.workflows.notifications.Announcement;
import dev.lightning.workflows.notifications.DeliveryReply;
import dev.lightning.workflows.notifications.DeliveryState;
import dev.lightning.workflows.notifications.NotificationActivities;
import dev.lightning.workflows.wire.Wire;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The chat step as an event sees it: the real workflow, activity and adapter against a stand-in service. */
class ChatStepTest {
    private static final String KEY = "sk-test-0123456789";

    private final StandInModel service = StandInModel.start();
    private final OpenAiChatModel model = new OpenAiChatModel(new OpenAiSettings(KEY, service.baseUrl(), null));
    private final InMemoryBlobStore blobs = new InMemoryBlobStore();
    private final EffectLedger ledger = new EffectLedger(new InMemoryEntityStore(), blobs, InstantSource.system());
    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(Wire.plain())
                            .build())
                    .registerSearchAttribute(
                            EventAttributes.STATUS.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                    .build());

    @BeforeEach
    void start() {
        Worker worker = temporal.newWorker(TaskQueues.EVENTS);
        worker.registerWorkflowImplementationFactory(EventWorkflow.class, BuiltinHandlers::newEventWorkflow);
        worker.registerActivitiesImplementations(
                new ChatActivitiesImpl(model, ledger, blobs, "this-process"), new NoRows(), new NobodyToTell());
        temporal.start();
    }

    @AfterEach
    void stop() {
        temporal.close();
        model.close();
        service.close();
    }

    @Test
    void one_event_is_one_call_and_one_answer() throws Exception {
        EventReport report = handle(Chats.prompt("Say hello"));

        assertThat(report.status()).isEqualTo(EventStatus.COMPLETED);
        assertThat(report.chain().getFirst().metadata().text("reply")).isEqualTo("You said: Say hello");
        assertThat(report.chain().getFirst().metadata().text("model")).isEqualTo("gpt-3.5-turbo");
        assertThat(service.calls()).extracting(StandInModel.Call::key).containsExactly(Chats.EFFECT_KEY);
    }

    @Test
    void a_success_says_how_often_it_was_tried_and_what_went_wrong_before() throws Exception {
        service.next(
                StandInBehaviour.failsWithPage(502),
                StandInBehaviour.throttles("600"),
                StandInBehaviour.sends("<html>"));

        EventReport report = handle(Chats.prompt("Say hello"));

        assertThat(chatStep(report).attempts()).isEqualTo(4);
        assertThat(chatStep(report).lastError()).isEqualTo("The model's service sent something that is no answer");
        assertThat(service.calls()).hasSize(4);
    }

    @Test
    void a_refused_key_fails_the_event_at_once_and_is_not_shown() throws Exception {
        service.next(StandInBehaviour.failsWithPage(503), StandInBehaviour.echoesTheKey());

        EventReport report = handle(Chats.prompt("Say hello"));

        assertThat(report.status()).isEqualTo(EventStatus.FAILED);
        assertThat(report.reason().code()).isEqualTo("Chat.REJECTED");
        assertThat(report.reason().message()).contains("OPENAI_API_KEY").doesNotContain(KEY);
        assertThat(chatStep(report).attempts()).isEqualTo(2);
        assertThat(service.calls()).hasSize(2);
    }

    @Test
    void an_oversized_answer_ends_beside_the_history() throws Exception {
        service.next(StandInBehaviour.saysBytes(5 << 20));

        EventReport report = handle(Chats.prompt("Write a book"));

        Event response = report.chain().getFirst();
        assertThat(response.metadata().get("replyTruncated")).isEqualTo(true);
        assertThat(blobs.get(response.blobRef().key()).orElseThrow()).hasSizeGreaterThan(5 << 20);
        assertThat(service.calls()).hasSize(1);
    }

    private EventReport handle(Event chat) throws Exception {
        EventWorkflow workflow = temporal.getWorkflowClient()
                .newWorkflowStub(
                        EventWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.EVENTS)
                                .setWorkflowId("event-owner1-event-1")
                                .build());
        WorkflowStub run = WorkflowStub.fromTyped(workflow);
        run.start(new EventSubmission(chat, null, null, null, null));
        run.getResult(60, TimeUnit.SECONDS, Void.class);
        return workflow.progress();
    }

    private static Step chatStep(EventReport report) {
        return report.steps().stream()
                .filter(step -> step.name().equals("chat"))
                .findFirst()
                .orElseThrow();
    }

    /** Event rows are not what this is about. */
    private static final class NoRows implements EventActivities {
        @Override
        public void recordArrival(Event event) {}

        @Override
        public void recordOutcome(RunRecord run) {}
    }

    /** Messages are not what this is about either. */
    private static final class NobodyToTell implements NotificationActivities {
        @Override
        public DeliveryReply announce(Announcement announcement) {
            return new DeliveryReply(DeliveryState.DELIVERED, Attempts.FIRST);
        }

        @Override
        public DeliveryReply deliver(Announcement announcement) {
            return new DeliveryReply(DeliveryState.DELIVERED, Attempts.FIRST);
        }
    }
}
