package dev.lightning.app;

import dev.lightning.app.settings.Mode;
import dev.lightning.app.settings.ProcessSettings;
import dev.lightning.app.settings.SettingAliases;
import dev.lightning.app.settings.SettingsBinder;
import dev.lightning.app.settings.StartFailure;
import dev.lightning.app.settings.StorageChoice;
import dev.lightning.app.settings.ToolRunSettings;
import dev.lightning.providers.azure.AzureCredentials;
import dev.lightning.providers.runtime.azure.ArmInspection;
import dev.lightning.providers.runtime.azure.ArmInspection.Need;
import dev.lightning.providers.runtime.azure.ArmSettings;
import dev.lightning.providers.runtime.vm.VmRuntimeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What {@code ./lightning doctor --azure} does: it asks Azure, by reading only, whether this process may do what its
 * settings want, and says a line for everything it has looked at.
 */
final class AzureDoctor {
    private static final Need GROUPS = new Need(
            "Microsoft.ContainerInstance",
            List.of(
                    "Microsoft.ContainerInstance/containerGroups/read",
                    "Microsoft.ContainerInstance/containerGroups/write",
                    "Microsoft.ContainerInstance/containerGroups/delete",
                    "Microsoft.ContainerInstance/containerGroups/stop/action"),
            "Contributor");

    private static final Need MACHINES = new Need(
            "Microsoft.Compute",
            List.of(
                    "Microsoft.Compute/virtualMachines/read",
                    "Microsoft.Compute/virtualMachines/write",
                    "Microsoft.Compute/virtualMachines/delete",
                    "Microsoft.Compute/disks/delete",
                    "Microsoft.Network/networkInterfaces/write",
                    "Microsoft.Network/networkInterfaces/delete",
                    "Microsoft.Network/networkInterfaces/join/action",
                    "Microsoft.Network/publicIPAddresses/delete",
                    "Microsoft.Network/virtualNetworks/subnets/join/action"),
            "Contributor (or Virtual Machine Contributor and Network Contributor)");

    private static final List<String> ADDRESSES =
            List.of("Microsoft.Network/publicIPAddresses/write", "Microsoft.Network/publicIPAddresses/join/action");

    private final SettingsBinder settings;
    private final SettingAliases.Resolved resolved;
    private final Consumer<String> lines;
    private final AzureStores stores;
    private final AzureCredentials credentials = new AzureCredentials();
    private boolean well = true;

    /** Takes the settings by their names too, and who prints what is said. */
    AzureDoctor(SettingsBinder settings, SettingAliases.Resolved resolved, Consumer<String> lines) {
        this.settings = settings;
        this.stores = new AzureStores(settings);
        this.resolved = resolved;
        this.lines = lines;
    }

    /** Whether nothing is missing; what settings lack is said alone, since without them there is nothing to ask. */
    boolean examine() {
        List<String> findings = new ArrayList<>(SettingsCheck.findings(settings, resolved));
        StorageChoice storage = StorageChoice.of(Mode.AZURE, resolved, findings);
        if (!findings.isEmpty()) {
            findings.stream().distinct().map(AzureDoctor::ofSettings).forEach(lines);
            return false;
        }
        ProcessSettings process = settings.bind("lightning", ProcessSettings.class);
        List<String> runtimes =
                settings.bind("lightning.runtime", ToolRunSettings.class).offered(process.isOwnMachine());
        boolean orders = ToolRunSettings.needsAzure(runtimes);
        if (needsIdentity(storage, orders) && !credentials.areKnown()) {
            say("Identity", Optional.of(AzureCredentials.UNKNOWN));
            return false;
        }
        stores(storage);
        if (orders) {
            runtimes(runtimes);
        }
        return well;
    }

    private boolean needsIdentity(StorageChoice storage, boolean orders) {
        boolean inAccount = storage.usesAccount() && stores.needIdentity();
        return inAccount || (orders && !azure().isStandIn());
    }

    private void stores(StorageChoice storage) {
        switch (storage.rows()) {
            case SQLITE, POSTGRES -> say("Rows", Optional.empty(), "not in Azure");
            case AZURE_TABLE -> say("Tables", stores.inspectTables());
            case AZURE_COSMOS -> say("Cosmos DB", stores.inspectCosmos());
        }
        switch (storage.blobs()) {
            case FOLDER -> say("Blobs", Optional.empty(), "not in Azure");
            case AZURE_BLOB -> say("Blobs", stores.inspectBlobs());
        }
    }

    private void runtimes(List<String> kinds) {
        ArmInspection azure = new ArmInspection(azure(), credentials);
        Optional<String> unseen = azure.group();
        say("Resource group", unseen);
        say("Blobs of runs", stores.inspectBlobs());
        if (unseen.isEmpty() && kinds.contains(ToolRunSettings.ACI)) {
            need(azure, ToolRunSettings.ACI, GROUPS);
        }
        if (unseen.isEmpty() && kinds.contains(ToolRunSettings.VM)) {
            need(azure, ToolRunSettings.VM, ofMachines(settings.bind(AzureRuntimes.VM, VmRuntimeSettings.class)));
        }
    }

    static Need ofMachines(VmRuntimeSettings machines) {
        return machines.publicIp()
                ? new Need(
                        MACHINES.service(),
                        Stream.concat(MACHINES.actions().stream(), ADDRESSES.stream())
                                .toList(),
                        MACHINES.role())
                : MACHINES;
    }

    private void need(ArmInspection azure, String kind, Need need) {
        say(kind + " service", azure.registration(need));
        say(kind + " role", azure.permission(need));
    }

    private ArmSettings azure() {
        return settings.bind(AzureRuntimes.RESOURCE_MANAGER, ArmSettings.class);
    }

    /** Settings that say so little that nothing else can be looked at; nothing is well then. */
    static boolean refuse(StartFailure failure, Consumer<String> lines) {
        String.valueOf(failure.getMessage())
                .lines()
                .map(AzureDoctor::ofSettings)
                .forEach(lines);
        return false;
    }

    private static String ofSettings(String finding) {
        return line("Settings", finding);
    }

    private static String line(String what, String said) {
        return String.format(Locale.ROOT, "%-14s %s", what, said);
    }

    private void say(String what, Optional<String> finding) {
        say(what, finding, "ok");
    }

    private void say(String what, Optional<String> finding, String otherwise) {
        well &= finding.isEmpty();
        lines.accept(line(what, finding.orElse(otherwise)));
    }
}
