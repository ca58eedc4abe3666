package dev.lightning.api.events;

import dev.lightning.api.admission.Admission;
import dev.lightning.api.admission.OverloadSettings;
import dev.lightning.api.admission.PostsAtOnce;
import dev.lightning.api.paging.PageTokens;
import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.storage.rows.EventRows;
import dev.lightning.providers.storage.rows.TaskRows;
import dev.lightning.providers.tools.ToolMatcher;
import dev.lightning.workflows.tools.ToolRunState;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The events edge, put together. It needs {@link EventRows}, {@link TaskRows}, a {@link BlobStore}, Temporal's {@code
 * WorkflowClient}, the {@link PageTokens}, {@link Admission}, {@link OverloadSettings} and {@link EventSettings}; every {@link TypeCheck} it finds is applied.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    EventPostController.class,
    EventController.class,
    ChatCheck.class,
    MessageCheck.class,
    TemporalEventsConfiguration.class
})
public class EventsConfiguration {
    private static final InstantSource CLOCK = InstantSource.system();

    @Bean
    LargeMetadata largeMetadata(BlobStore blobs) {
        return new LargeMetadata(blobs);
    }

    @Bean
    EventComposer eventComposer(ObjectProvider<TypeCheck> typeChecks) {
        List<TypeCheck> checks = typeChecks.orderedStream().toList();
        return new EventComposer(checks, CLOCK);
    }

    @Bean
    EventReader eventReader(EventComposer composer) {
        return new FoundingEventReader(composer);
    }

    @Bean
    SubmissionReader submissionReader(EventReader reader, EventComposer composer) {
        return new SubmissionReader(reader, composer);
    }

    @Bean
    EventIntake eventIntake(
            EventRows rows,
            EventRuns runs,
            LargeMetadata large,
            ToolMatcher tools,
            Admission admission,
            EventSettings settings) {
        return new DurableEventIntake(rows, runs, large, tools, admission, settings.modelQueue());
    }

    @Bean
    PostsAtOnce postsAtOnce(OverloadSettings settings) {
        return new PostsAtOnce(settings);
    }

    @Bean
    AcceptLimit acceptLimit(EventSettings settings) {
        return new AcceptLimit(settings.rate(), settings.burst());
    }

    @Bean
    Invocations invocations(EventIntake intake, AcceptLimit limit) {
        return new Invocations(intake, limit, CLOCK);
    }

    @Bean
    EventInspector eventInspector(EventRows rows, EventRuns runs, TaskRows tasks, TemporalLinks links) {
        WaitingTasks waiting = (ownerKey, taskId) -> tasks.find(ownerKey, taskId)
                .filter(task -> task.state().equals(ToolRunState.AWAITING_APPROVAL.name()))
                .isPresent();
        return new EventInspector(rows, runs, new EventViews(links, waiting, CLOCK), CLOCK);
    }

    @Bean
    EventControl eventControl(EventRows rows, EventRuns runs, EventInspector inspector) {
        return new EventControl(rows, runs, inspector, CLOCK);
    }

    @Bean
    EventList eventList(EventRows rows, PageTokens tokens) {
        return new EventList(rows, tokens, CLOCK);
    }
}
