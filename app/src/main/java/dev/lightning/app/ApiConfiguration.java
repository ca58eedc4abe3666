package dev.lightning.app;

import dev.lightning.api.errors.ErrorsConfiguration;
import dev.lightning.api.events.EventSettings;
import dev.lightning.api.events.EventsConfiguration;
import dev.lightning.api.messages.MessagesConfiguration;
import dev.lightning.api.openapi.OpenApiConfiguration;
import dev.lightning.api.paging.PageTokens;
import dev.lightning.api.repositories.RepositoriesConfiguration;
import dev.lightning.api.schedules.ScheduleSettings;
import dev.lightning.api.schedules.SchedulesConfiguration;
import dev.lightning.api.security.AuthSettings;
import dev.lightning.api.security.SecurityConfiguration;
import dev.lightning.api.streaming.StreamSettings;
import dev.lightning.api.streaming.StreamingConfiguration;
import dev.lightning.api.tasks.TasksConfiguration;
import dev.lightning.api.tools.OfferedRuntimes;
import dev.lightning.api.tools.ToolSettings;
import dev.lightning.api.tools.ToolsConfiguration;
import dev.lightning.api.users.AdminSettings;
import dev.lightning.api.users.UsersConfiguration;
import dev.lightning.app.settings.ProcessSettings;
import dev.lightning.app.settings.SettingsBinder;
import dev.lightning.app.settings.ToolRunSettings;
import dev.lightning.app.temporal.TemporalTarget;
import dev.lightning.providers.runtime.vm.VmRuntimeSettings;
import java.util.List;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;

/** The HTTP edge and its settings. */
@Configuration(proxyBeanMethods = false)
@Conditional(RunsApi.class)
@Import({
    ErrorsConfiguration.class,
    SecurityConfiguration.class,
    UsersConfiguration.class,
    EventsConfiguration.class,
    MessagesConfiguration.class,
    OpenApiConfiguration.class,
    SchedulesConfiguration.class,
    StreamingConfiguration.class,
    RepositoriesConfiguration.class,
    ToolsConfiguration.class,
    TasksConfiguration.class
})
class ApiConfiguration {
    private final SettingsBinder settings;

    ApiConfiguration(ConfigurableEnvironment environment) {
        this.settings = new SettingsBinder(environment);
    }

    @Bean
    AuthSettings authSettings() {
        return settings.bind("lightning.auth", AuthSettings.class);
    }

    @Bean
    AdminSettings adminSettings(ProcessSettings process, ConfigurableEnvironment environment) {
        return new AdminSettings(
                process.mode().name().toLowerCase(Locale.ROOT),
                process.bindAddress(),
                environment.getProperty("lightning.auth.admin-password"));
    }

    @Bean
    EventSettings eventSettings(TemporalTarget temporal) {
        EventSettings bound = settings.bind("lightning.events", EventSettings.class);
        return bound.temporalUi() == null ? bound.withTemporalUi(temporal.uiAddress()) : bound;
    }

    @Bean
    ScheduleSettings scheduleSettings() {
        return settings.bind("lightning.schedules", ScheduleSettings.class);
    }

    @Bean
    StreamSettings streamSettings() {
        return settings.bind("lightning.streams", StreamSettings.class);
    }

    @Bean
    ToolSettings toolSettings() {
        return settings.bind("lightning.tools", ToolSettings.class);
    }

    @Bean
    OfferedRuntimes offeredRuntimes(ToolRunSettings tools, ProcessSettings process) {
        List<String> kinds = tools.offered(process.isOwnMachine());
        return kinds.contains(ToolRunSettings.VM)
                ? new OfferedRuntimes(
                        kinds,
                        settings.bind(AzureRuntimes.VM, VmRuntimeSettings.class).sizes())
                : new OfferedRuntimes(kinds);
    }

    @Bean
    PageTokens pageTokens(AuthSettings auth) {
        return new PageTokens(auth.derivedKey("page-tokens"));
    }
}
