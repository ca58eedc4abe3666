package dev.lightning.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.api.admission.Admission;
import dev.lightning.api.admission.OverloadSettings;
import dev.lightning.api.errors.Findings;
import dev.lightning.api.paging.PageTokens;
import dev.lightning.api.security.Caller;
import dev.lightning.api.security.OwnerKeys;
import dev.lightning.api.streaming.StreamSettings;
import dev.lightning.api.streaming.Streams;
import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.EventRows;
import dev.lightning.providers.storage.rows.TaskRows;
import dev.lightning.providers.tools.ToolMatcher;
import dev.lightning.workflows.events.Metadata;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class EventsConfigurationTest {
    @Test
    void the_edge_is_wired_from_its_ports_and_applies_every_type_check() {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newLocalServiceStubs();
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.registerBean(EventRows.class, () -> new EventRows(new InMemoryEntityStore()));
            context.registerBean(TaskRows.class, () -> new TaskRows(new InMemoryEntityStore()));
            context.registerBean(ToolMatcher.class, ToolsInMemory::none);
            context.registerBean(BlobStore.class, InMemoryBlobs::new);
            context.registerBean(PageTokens.class, () -> new PageTokens(new byte[32]));
            context.registerBean(EventSettings.class, () -> new EventSettings(null, null, null, null));
            context.registerBean(Admission.class, Admissions::open);
            context.registerBean(OverloadSettings.class, OverloadSettings::defaults);
            context.registerBean(WorkflowClient.class, () -> WorkflowClient.newInstance(stubs));
            context.registerBean(Streams.class, () -> new Streams(StreamSettings.defaults(), InstantSource.system()));
            context.registerBean(TypeCheck.class, Never::new);
            context.register(EventsConfiguration.class);
            context.refresh();

            assertThat(context.getBean(EventPostController.class)).isNotNull();
            assertThat(context.getBean(EventController.class)).isNotNull();
            assertThat(context.getBean(EventIntake.class)).isInstanceOf(DurableEventIntake.class);
            Findings findings = new Findings();
            context.getBean(EventReader.class)
                    .read(
                            EventJson.parse(
                                    "{\"timestamp\":\"2026-11-21T12:00:00Z\",\"source\":\"s\",\"type\":\"never.ok\",\"userID\":\"a\"}"
                                            .getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                            new Caller(OwnerKeys.builtIn("a"), false),
                            "",
                            null,
                            null,
                            findings);
            assertThat(findings.errors()).hasSize(1);
        } finally {
            stubs.shutdownNow();
        }
    }

    private static final class Never implements TypeCheck {
        @Override
        public String type() {
            return "never.ok";
        }

        @Override
        public void check(Metadata metadata, String path, Findings findings) {
            findings.add(path, "is never right");
        }
    }
}
