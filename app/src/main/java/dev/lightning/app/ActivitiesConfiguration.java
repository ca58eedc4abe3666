package dev.lightning.app;

import dev.lightning.activities.chat.ChatActivitiesImpl;
import dev.lightning.activities.events.EventActivitiesImpl;
import dev.lightning.activities.housekeeping.HousekeepingActivitiesImpl;
import dev.lightning.activities.notifications.NotificationActivitiesImpl;
import dev.lightning.api.admission.Admission;
import dev.lightning.app.metrics.CountedEvents;
import dev.lightning.app.metrics.CountedNotifications;
import dev.lightning.app.metrics.TimedChatModel;
import dev.lightning.app.settings.Mode;
import dev.lightning.app.settings.ProcessSettings;
import dev.lightning.app.settings.SettingsBinder;
import dev.lightning.app.settings.StartFailure;
import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.model.ChatModel;
import dev.lightning.providers.model.LimitedChatModel;
import dev.lightning.providers.model.ModelLimitSettings;
import dev.lightning.providers.model.demo.DemoChatModel;
import dev.lightning.providers.model.openai.OpenAiChatModel;
import dev.lightning.providers.model.openai.OpenAiSettings;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.rows.EffectLedger;
import dev.lightning.providers.storage.rows.EventRows;
import dev.lightning.providers.storage.rows.MessageRows;
import dev.lightning.providers.stream.LiveStream;
import dev.lightning.providers.webhook.Webhook;
import dev.lightning.providers.webhook.http.HttpWebhook;
import dev.lightning.providers.webhook.http.NotifySettings;
import dev.lightning.workers.ProcessQueue;
import dev.lightning.workers.WorkerSettings;
import dev.lightning.workflows.chat.ChatActivities;
import dev.lightning.workflows.events.EventActivities;
import dev.lightning.workflows.events.RunRecord;
import dev.lightning.workflows.housekeeping.HousekeepingActivities;
import dev.lightning.workflows.notifications.NotificationActivities;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Consumer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** What the workers do outside: the model and the receiver that the settings choose, and the activities on them. */
@Configuration(proxyBeanMethods = false)
@Conditional(RunsWorkers.class)
class ActivitiesConfiguration {
    private final SettingsBinder settings;

    ActivitiesConfiguration(ConfigurableEnvironment environment) {
        this.settings = new SettingsBinder(environment);
    }

    /** Without key and address the demo model answers, in local mode only. */
    @Bean
    ChatModel chatModel(ProcessSettings process) {
        OpenAiSettings openAi = settings.bind("lightning.model.openai", OpenAiSettings.class);
        if (openAi.isConfigured()) {
            return new OpenAiChatModel(openAi);
        }
        if (process.mode() != Mode.LOCAL) {
            throw new StartFailure("LIGHTNING_MODE=azure needs OPENAI_API_KEY or OPENAI_BASE_URL");
        }
        return new DemoChatModel();
    }

    @Bean
    Webhook webhook(Clock clock) {
        return new HttpWebhook(settings.bind("lightning.webhook.http", NotifySettings.class), clock);
    }

    @Bean
    EventActivities eventActivities(EventRows rows, MeterRegistry registry, ObjectProvider<Admission> admission) {
        Consumer<RunRecord> makesRoom = run -> admission.ifAvailable(
                waiting -> waiting.forget(run.owner().key(), run.eventId().value()));
        return new EventActivitiesImpl(rows, new CountedEvents(registry).andThen(makesRoom));
    }

    @Bean
    ChatActivities chatActivities(
            ChatModel model,
            EffectLedger ledger,
            BlobStore blobs,
            WorkerSettings workers,
            ProcessQueue ours,
            MeterRegistry registry) {
        ModelLimitSettings limits = settings.bind("lightning.model.limits", ModelLimitSettings.class);
        ChatModel limited = new LimitedChatModel(
                new TimedChatModel(model, registry), workers.hasModelQueue() ? limits.withoutRate() : limits);
        return new ChatActivitiesImpl(limited, ledger, blobs, ours.name());
    }

    @Bean
    HousekeepingActivities housekeepingActivities(EntityStore store, BlobStore blobs) {
        return new HousekeepingActivitiesImpl(store, blobs);
    }

    @Bean
    NotificationActivities notificationActivities(
            MessageRows rows, BlobStore blobs, LiveStream stream, Webhook webhook, MeterRegistry registry) {
        return new CountedNotifications(
                new NotificationActivitiesImpl(rows, blobs, stream, webhook, new SecureRandom()), registry);
    }
}
