package dev.lightning.app;

import dev.lightning.api.admission.OverloadSettings;
import dev.lightning.api.events.EventSettings;
import dev.lightning.api.schedules.ScheduleSettings;
import dev.lightning.api.security.AuthSettings;
import dev.lightning.api.streaming.StreamSettings;
import dev.lightning.app.settings.ProcessSettings;
import dev.lightning.app.settings.ServiceType;
import dev.lightning.app.settings.SettingsBinder;
import dev.lightning.app.settings.StartFailure;
import dev.lightning.app.settings.StorageChoice;
import dev.lightning.app.settings.ToolRunSettings;
import dev.lightning.app.temporal.HousekeepingSettings;
import dev.lightning.providers.azure.CosmosSettings;
import dev.lightning.providers.azure.StorageAccountSettings;
import dev.lightning.providers.blobs.azure.AzureBlobSettings;
import dev.lightning.providers.model.ModelLimitSettings;
import dev.lightning.providers.model.openai.OpenAiSettings;
import dev.lightning.providers.runtime.aci.AciSettings;
import dev.lightning.providers.runtime.azure.ArmSettings;
import dev.lightning.providers.runtime.vm.VmRuntimeSettings;
import dev.lightning.providers.sources.git.GitSettings;
import dev.lightning.providers.storage.azuretables.AzureTablesSettings;
import dev.lightning.providers.storage.postgres.PostgresSettings;
import dev.lightning.providers.storage.sqlite.SqliteSettings;
import dev.lightning.providers.webhook.http.NotifySettings;
import java.util.List;

/**
 * Reads what adapters are told before anything is started, so that every wrong word is heard at once; they read it again.
 */
final class SettingsCheck {
    private final SettingsBinder binder;
    private final List<String> findings;

    private SettingsCheck(SettingsBinder binder, List<String> findings) {
        this.binder = binder;
        this.findings = findings;
    }

    /** Adds one line for every record of settings that cannot be used. */
    static void collect(SettingsBinder binder, ServiceType type, StorageChoice storage, List<String> findings) {
        SettingsCheck check = new SettingsCheck(binder, findings);
        check.bind("lightning.housekeeping", HousekeepingSettings.class);
        check.bind("lightning.sources.git", GitSettings.class);
        check.stores(storage);
        if (type.runsApi()) {
            check.bind("lightning.auth", AuthSettings.class);
            check.bind("lightning.events", EventSettings.class);
            check.bind("lightning.overload", OverloadSettings.class);
            check.bind("lightning.schedules", ScheduleSettings.class);
            check.bind("lightning.streams", StreamSettings.class);
        }
        if (type.runsWorkers()) {
            check.bind("lightning.model.openai", OpenAiSettings.class);
            check.bind("lightning.model.limits", ModelLimitSettings.class);
            check.bind("lightning.webhook.http", NotifySettings.class);
        }
    }

    /** Adds what the runtimes of Azure lack, where any of them is offered. */
    static void collectRuntimes(SettingsBinder binder, ProcessSettings process, List<String> findings) {
        SettingsCheck check = new SettingsCheck(binder, findings);
        try {
            ToolRunSettings tools = binder.bind("lightning.runtime", ToolRunSettings.class);
            List<String> offered = tools.offered(process.isOwnMachine());
            if (ToolRunSettings.needsAzure(offered)) {
                check.azure(offered);
            }
        } catch (StartFailure | IllegalArgumentException wrong) {
            findings.add(String.valueOf(wrong.getMessage()));
        }
    }

    private void azure(List<String> offered) {
        bind(AzureRuntimes.RESOURCE_MANAGER, ArmSettings.class);
        if (offered.contains(ToolRunSettings.ACI)) {
            bind(AzureRuntimes.ACI, AciSettings.class);
        }
        if (offered.contains(ToolRunSettings.VM)) {
            bind(AzureRuntimes.VM, VmRuntimeSettings.class);
        }
        StorageAccountSettings account = binder.bind("lightning.azure.storage", StorageAccountSettings.class);
        if (!account.isSet()) {
            findings.add(
                    "STORAGE_CONNECTION or STORAGE_ACCOUNT must name the account through which runs on Azure report");
        }
    }

    private void stores(StorageChoice storage) {
        switch (storage.rows()) {
            case SQLITE -> bind("lightning.storage.sqlite", SqliteSettings.class);
            case POSTGRES -> bind("lightning.storage.postgres", PostgresSettings.class);
            case AZURE_TABLE -> bind("lightning.storage.azure-tables", AzureTablesSettings.class);
            case AZURE_COSMOS -> {
                bind("lightning.storage.azure-tables", AzureTablesSettings.class);
                bind("lightning.azure.cosmos", CosmosSettings.class);
            }
        }
        if (storage.usesAccount()) {
            bind("lightning.azure.storage", StorageAccountSettings.class);
        }
        if (storage.blobs() == StorageChoice.Blobs.AZURE_BLOB) {
            bind("lightning.blobs.azure", AzureBlobSettings.class);
        }
    }

    private void bind(String prefix, Class<?> type) {
        try {
            binder.bind(prefix, type);
        } catch (StartFailure wrong) {
            findings.add(String.valueOf(wrong.getMessage()));
        }
    }
}
