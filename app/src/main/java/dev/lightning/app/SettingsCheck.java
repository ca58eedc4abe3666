package dev.lightning.app;

import dev.lightning.api.admission.OverloadSettings;
import dev.lightning.api.events.EventSettings;
import dev.lightning.api.schedules.ScheduleSettings;
import dev.lightning.api.security.AuthSettings;
import dev.lightning.api.security.Loopback;
import dev.lightning.api.security.TokenSettings;
import dev.lightning.api.streaming.StreamSettings;
import dev.lightning.api.tools.ToolSettings;
import dev.lightning.app.settings.Mode;
import dev.lightning.app.settings.Ports;
import dev.lightning.app.settings.ProcessSettings;
import dev.lightning.app.settings.ServiceType;
import dev.lightning.app.settings.SettingAliases;
import dev.lightning.app.settings.SettingsBinder;
import dev.lightning.app.settings.StartFailure;
import dev.lightning.app.settings.StorageChoice;
import dev.lightning.app.settings.ToolFolderSetting;
import dev.lightning.app.settings.ToolRunSettings;
import dev.lightning.app.settings.WorkerTaskSettings;
import dev.lightning.app.temporal.HousekeepingSettings;
import dev.lightning.app.temporal.TemporalSettings;
import dev.lightning.providers.azure.CosmosSettings;
import dev.lightning.providers.azure.StorageAccountSettings;
import dev.lightning.providers.blobs.azure.AzureBlobSettings;
import dev.lightning.providers.model.ModelLimitSettings;
import dev.lightning.providers.model.openai.OpenAiSettings;
import dev.lightning.providers.runtime.aci.AciSettings;
import dev.lightning.providers.runtime.azure.ArmSettings;
import dev.lightning.providers.runtime.docker.DockerRuntimeSettings;
import dev.lightning.providers.runtime.vm.VmRuntimeSettings;
import dev.lightning.providers.sources.git.GitSettings;
import dev.lightning.providers.storage.azuretables.AzureTablesSettings;
import dev.lightning.providers.storage.postgres.PostgresSettings;
import dev.lightning.providers.storage.sqlite.SqliteSettings;
import dev.lightning.providers.webhook.http.NotifySettings;
import dev.lightning.workers.WorkerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what adapters are told before anything is started, so that every wrong word is heard at once; they read it again.
 */
final class SettingsCheck {
    private final SettingsBinder binder;
    private final List<String> findings;

    /** What is needed of {@link ProcessSettings} to know what else is, though its ports may be wrong. */
    record Part(Mode mode, ServiceType serviceType, String bindAddress) {
        boolean isOwnMachine() {
            return mode == Mode.LOCAL && Loopback.is(bindAddress);
        }
    }

    private SettingsCheck(SettingsBinder binder, List<String> findings) {
        this.binder = binder;
        this.findings = findings;
    }

    /** Every line that a start in this environment ends with, each once; nothing is made or asked for it. */
    static List<String> findings(SettingsBinder binder, SettingAliases.Resolved resolved) {
        List<String> findings = new ArrayList<>(resolved.findings());
        SettingsCheck check = new SettingsCheck(binder, findings);
        check.bind("lightning", ProcessSettings.class);
        check.bind("lightning.temporal", TemporalSettings.class);
        check.bind("lightning.workers", WorkerSettings.class);
        Part part = binder.bind("lightning", Part.class);
        check.hear(() -> Ports.requireAddress("BIND_ADDRESS", part.bindAddress()));
        StorageChoice storage = StorageChoice.of(part.mode(), resolved, findings);
        if (part.mode() == Mode.AZURE) {
            check.needInAzure(part.serviceType(), resolved);
        }
        collect(binder, part.serviceType(), storage, findings);
        if (resolved.settings().containsKey("DATABASE_URL")) {
            check.bind("lightning.storage.postgres", PostgresSettings.class);
        }
        if (part.serviceType().runsApi() && resolved.settings().containsKey("JWT_SIGNING_KEY")) {
            check.hear(() ->
                    binder.bind("lightning.auth.token", TokenSettings.class).requireKey());
        }
        check.hear(() -> requireSources(binder.bind("lightning.sources.git", GitSettings.class), part.isOwnMachine()));
        collectRuntimes(binder, part.isOwnMachine(), findings);
        return findings.stream().flatMap(String::lines).distinct().toList();
    }

    /** Whoever may post could else read any repository of the machine. */
    static void requireSources(GitSettings git, boolean ownMachine) {
        if (git.local() && !ownMachine) {
            throw new StartFailure("REPO_ALLOW_LOCAL=true is for local mode on a loopback address only");
        }
    }

    /** What azure mode cannot do without, besides a store; there is no silent fallback. */
    private void needInAzure(ServiceType type, SettingAliases.Resolved resolved) {
        Map<String, String> variables = resolved.settings();
        need(variables.containsKey("TEMPORAL_ADDRESS"), "TEMPORAL_ADDRESS");
        if (resolved.unknown().contains("SERVICE_TYPE")) {
            return;
        }
        need(!type.runsApi() || variables.containsKey("JWT_SIGNING_KEY") || !hasAccounts(variables), "JWT_SIGNING_KEY");
        need(
                !type.runsWorkers()
                        || variables.containsKey("OPENAI_API_KEY")
                        || variables.containsKey("OPENAI_BASE_URL"),
                "OPENAI_API_KEY or OPENAI_BASE_URL");
    }

    /** Whether there are accounts whose tokens have to be signed; all may come from another issuer. */
    private boolean hasAccounts(Map<String, String> variables) {
        try {
            return binder.bind("lightning.auth", AuthSettings.class).hasAccounts();
        } catch (StartFailure unreadable) {
            return !variables.containsKey("CLERK_JWT_ISSUER") && !variables.containsKey("CLERK_JWKS_URL");
        }
    }

    private void need(boolean there, String what) {
        if (!there) {
            findings.add("LIGHTNING_MODE=azure needs " + what);
        }
    }

    private void hear(Runnable demand) {
        try {
            demand.run();
        } catch (StartFailure | IllegalArgumentException wrong) {
            findings.add(String.valueOf(wrong.getMessage()));
        }
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
            check.hear(() ->
                    binder.bind("lightning.tools", ToolFolderSetting.class).require());
        }
        if (type.runsWorkers()) {
            check.bind("lightning.model.openai", OpenAiSettings.class);
            check.bind("lightning.model.limits", ModelLimitSettings.class);
            check.bind("lightning.webhook.http", NotifySettings.class);
        }
    }

    /** What is needed of {@link ToolRunSettings} to know what else is, though another of them may be wrong. */
    record Runtimes(List<String> runtimes, @Nullable String subscription) {
        /** What is offered; empty where {@code TOOL_RUNTIMES} is wrong. */
        Optional<List<String>> offered(boolean ownMachine) {
            try {
                return Optional.of(new ToolRunSettings(runtimes, 1, subscription).offered(ownMachine));
            } catch (IllegalArgumentException wrong) {
                return Optional.empty();
            }
        }
    }

    /** Adds what is wrong with where tools run, and what the runtimes of Azure lack where any of them is offered. */
    static void collectRuntimes(SettingsBinder binder, boolean ownMachine, List<String> findings) {
        SettingsCheck check = new SettingsCheck(binder, findings);
        check.bind("lightning.runtime", ToolRunSettings.class);
        check.bind("lightning.tools", ToolSettings.class);
        check.hear(() -> binder.bind("lightning.runtime", ToolRunSettings.class).offered(ownMachine));
        Runtimes asked = binder.bind("lightning.runtime", Runtimes.class);
        Optional<List<String>> sound = asked.offered(ownMachine);
        sound.ifPresent(kinds -> check.hear(() ->
                binder.bind("lightning.worker-task", WorkerTaskSettings.class).require(kinds)));
        List<String> offered = sound.orElse(asked.runtimes());
        if (offered.contains(ToolRunSettings.DOCKER)) {
            check.bind("lightning.runtime.docker", DockerRuntimeSettings.class);
        }
        if (ToolRunSettings.needsAzure(offered)) {
            check.azure(offered);
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
        if (offered.containsAll(List.of(ToolRunSettings.ACI, ToolRunSettings.VM))) {
            subnets();
        }
        hear(() -> {
            if (!binder.bind("lightning.azure.storage", StorageAccountSettings.class)
                    .isSet()) {
                throw new StartFailure(
                        "STORAGE_CONNECTION or STORAGE_ACCOUNT must name the account through which runs on Azure report");
            }
        });
    }

    /** The subnet of container groups as it is set, though another of their settings may be wrong. */
    record GroupSubnet(@Nullable String subnetId) {}

    /** The subnets of machines as they are set, though another of their settings may be wrong. */
    record MachineSubnets(@Nullable List<String> subnets) {
        boolean contains(String subnet) {
            return subnets != null && subnets.stream().map(String::strip).anyMatch(subnet::equalsIgnoreCase);
        }
    }

    /** Azure gives a delegated subnet to nobody else. */
    private void subnets() {
        String groups = binder.bind(AzureRuntimes.ACI, GroupSubnet.class).subnetId();
        MachineSubnets machines = binder.bind(AzureRuntimes.VM, MachineSubnets.class);
        if (groups != null && !groups.isBlank() && machines.contains(groups.strip())) {
            findings.add("AZURE_SUBNET_ID and AZURE_VM_SUBNET_ID must differ: the subnet of container"
                    + " groups is delegated to them, and takes no machine");
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
        findings.addAll(binder.findings(prefix, type));
    }
}
