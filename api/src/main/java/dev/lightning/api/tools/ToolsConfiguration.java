package dev.lightning.api.tools;

import dev.lightning.providers.storage.rows.ToolRows;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Puts the tools edge together. It needs {@link ToolRows}, a {@link dev.lightning.providers.tools.ToolMatcher},
 * {@link OfferedRuntimes}, {@link ToolSettings}, the page tokens, Temporal's client and the events edge.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    ToolController.class,
    FunctionController.class,
    InvokeController.class,
    MatchController.class,
    TemporalQueueNews.class
})
public class ToolsConfiguration {
    @Bean
    DefinitionReader definitionReader(ToolSettings settings, OfferedRuntimes offered) {
        return new DefinitionReader(settings, offered);
    }

    @Bean
    Definitions definitions(
            ToolRows rows, DefinitionReader reader, TemporalQueueNews queues, ToolSettings settings, Clock clock) {
        return new Definitions(rows, reader, queues::changed, settings, clock);
    }

    @Bean
    ToolFolderWatch toolFolderWatch(
            ToolSettings settings, DefinitionReader reader, ToolRows rows, TemporalQueueNews queues, Clock clock) {
        Path folder = settings.folder() == null ? null : Path.of(settings.folder());
        return new ToolFolderWatch(
                new ToolFolder(folder, reader, rows, queues::changed, clock), folder != null, settings.poll());
    }
}
