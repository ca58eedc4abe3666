package dev.lightning.workflows.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.workflows.BuiltinHandlers;
import dev.lightning.workflows.chat.ChatActivities;
import dev.lightning.workflows.chat.ChatHandler;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventHandler;
import dev.lightning.workflows.events.EventSubmission;
import dev.lightning.workflows.events.EventWorkflowImpl;
import dev.lightning.workflows.events.Handled;
import dev.lightning.workflows.notifications.Announcement;
import dev.lightning.workflows.notifications.NotificationActivities;
import dev.lightning.workflows.notifications.NotificationHandler;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Yesterday's runs survive today's workflow code, and a change that they would not survive is caught. */
class ReplayTest {
    private static final ActivityOptions ANY = ActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofMinutes(1))
            .build();

    static List<Path> histories() throws IOException {
        return GoldenHistories.all();
    }

    @ParameterizedTest
    @MethodSource("histories")
    void every_recorded_history_replays(Path history) throws Exception {
        GoldenHistories.replay(history, BuiltinHandlers::newEventWorkflow);
    }

    @Test
    void every_outcome_has_a_recorded_history() throws IOException {
        assertThat(histories())
                .extracting(path -> path.getParent().getFileName() + "/" + path.getFileName())
                .contains(
                        "event/completed-chat.json",
                        "event/completed-message.json",
                        "event/completed-after-retries.json",
                        "event/unrouted.json",
                        "event/failed-rejected.json",
                        "event/cancelled-running.json",
                        "event/future-completed.json",
                        "event/future-rescheduled.json",
                        "event/future-called-off.json",
                        "event/scheduled-run.json",
                        "event/handed-over.json",
                        "delivery/delivered.json",
                        "delivery/failed.json",
                        "housekeeping/tidied.json",
                        "event/completed-tools.json",
                        "event/failed-tool.json",
                        "event/cancelled-tool.json",
                        "event/unrouted-with-tools.json",
                        "tool-run/completed.json",
                        "tool-run/waited.json",
                        "tool-run/rejected.json",
                        "tool-run/timed-out.json",
                        "tool-run/cancelled.json",
                        "tool-run/cancelled-waiting.json",
                        "run-queue/three-runs.json",
                        "sweep/nothing-left.json");
    }

    @Test
    void a_swapped_activity_is_caught() {
        EventHandler swapped = new Instead(new ChatHandler(), (event, submission) -> {
            Workflow.newActivityStub(NotificationActivities.class, ANY).deliver(new Announcement(event, 0));
            return new ChatHandler().handle(event, submission);
        });

        assertCaught(swapped);
    }

    @Test
    void an_added_activity_is_caught() {
        EventHandler added = new Instead(new ChatHandler(), (event, submission) -> {
            Handled handled = new ChatHandler().handle(event, submission);
            Workflow.newActivityStub(ChatActivities.class, ANY).reply(event, null, null);
            return handled;
        });

        assertCaught(added);
    }

    @Test
    void a_dropped_activity_is_caught() {
        EventHandler dropped = new Instead(
                new ChatHandler(),
                (event, submission) -> Handled.done(dev.lightning.workflows.events.Attempts.FIRST, List.of()));

        assertCaught(dropped);
    }

    private static void assertCaught(EventHandler changed) {
        assertThatThrownBy(() -> GoldenHistories.replay(
                        GoldenHistories.of("event/completed-chat"),
                        () -> new EventWorkflowImpl(List.of(changed, new NotificationHandler()), () -> _ -> List.of())))
                .hasMessageContaining("no longer replays");
    }

    @FunctionalInterface
    private interface Work {
        Handled on(Event event, EventSubmission submission);
    }

    /** Stands where a handler stood, and does something else. */
    private record Instead(EventHandler of, Work work) implements EventHandler {
        @Override
        public boolean handles(String type) {
            return of.handles(type);
        }

        @Override
        public String step() {
            return of.step();
        }

        @Override
        public Handled handle(Event event, EventSubmission submission) {
            return work.on(event, submission);
        }
    }
}
