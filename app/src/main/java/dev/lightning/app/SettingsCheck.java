package dev.lightning.app;

import dev.lightning.api.events.EventSettings;
import dev.lightning.api.schedules.ScheduleSettings;
import dev.lightning.api.security.AuthSettings;
import dev.lightning.api.streaming.StreamSettings;
import dev.lightning.app.settings.ServiceType;
import dev.lightning.app.settings.SettingsBinder;
import dev.lightning.app.temporal.HousekeepingSettings;
import dev.lightning.providers.model.ModelLimitSettings;
import dev.lightning.providers.model.openai.OpenAiSettings;
import dev.lightning.providers.sources.git.GitSettings;
import dev.lightning.providers.storage.postgres.PostgresSettings;
import dev.lightning.providers.webhook.http.NotifySettings;

/** Reads what adapters are told before anything is started, so that a wrong word is heard at once; they read it again. */
final class SettingsCheck {
    private SettingsCheck() {}

    static void require(SettingsBinder binder, ServiceType type, boolean postgres) {
        binder.bind("lightning.housekeeping", HousekeepingSettings.class);
        binder.bind("lightning.sources.git", GitSettings.class);
        if (postgres) {
            binder.bind("lightning.storage.postgres", PostgresSettings.class);
        }
        if (type.runsApi()) {
            binder.bind("lightning.auth", AuthSettings.class);
            binder.bind("lightning.events", EventSettings.class);
            binder.bind("lightning.schedules", ScheduleSettings.class);
            binder.bind("lightning.streams", StreamSettings.class);
        }
        if (type.runsWorkers()) {
            binder.bind("lightning.model.openai", OpenAiSettings.class);
            binder.bind("lightning.model.limits", ModelLimitSettings.class);
            binder.bind("lightning.webhook.http", NotifySettings.class);
        }
    }
}
