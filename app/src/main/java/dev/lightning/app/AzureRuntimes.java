package dev.lightning.app;

import dev.lightning.app.settings.SettingsBinder;
import dev.lightning.providers.azure.AzureCredentials;
import dev.lightning.providers.azure.StorageAccountSettings;
import dev.lightning.providers.runtime.ToolRuntime;
import dev.lightning.providers.runtime.aci.AciRuntime;
import dev.lightning.providers.runtime.aci.AciSettings;
import dev.lightning.providers.runtime.azure.ArmSettings;
import dev.lightning.providers.runtime.azure.RunBlobs;
import dev.lightning.providers.runtime.vm.VmRuntime;
import dev.lightning.providers.runtime.vm.VmRuntimeSettings;
import java.time.Clock;

/** Makes the runtimes that order what they run on from Azure; apart, so that elsewhere nothing of Azure is loaded. */
final class AzureRuntimes {
    static final String RESOURCE_MANAGER = "lightning.azure.resource-manager";
    static final String ACI = "lightning.runtime.aci";

    static final String VM = "lightning.runtime.vm";

    private final SettingsBinder settings;
    private final String instance;
    private final Clock clock;
    private final AzureCredentials credentials = new AzureCredentials();

    AzureRuntimes(SettingsBinder settings, String instance, Clock clock) {
        this.settings = settings;
        this.instance = instance;
        this.clock = clock;
    }

    ToolRuntime aci() {
        ArmSettings azure = settings.bind(RESOURCE_MANAGER, ArmSettings.class);
        AciSettings aci = settings.bind(ACI, AciSettings.class);
        return new AciRuntime(instance, azure, aci, blobs(azure), credentials, clock);
    }

    ToolRuntime vm() {
        ArmSettings azure = settings.bind(RESOURCE_MANAGER, ArmSettings.class);
        VmRuntimeSettings vm = settings.bind(VM, VmRuntimeSettings.class);
        return new VmRuntime(instance, azure, vm, blobs(azure), credentials, clock);
    }

    private RunBlobs blobs(ArmSettings azure) {
        StorageAccountSettings account = settings.bind("lightning.azure.storage", StorageAccountSettings.class);
        return new RunBlobs(account.named(), credentials, azure.runContainer(), instance, clock);
    }
}
