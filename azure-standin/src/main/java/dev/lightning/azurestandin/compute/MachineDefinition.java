package dev.lightning.azurestandin.compute;

import dev.lightning.azurestandin.arm.ArmException;
import dev.lightning.azurestandin.arm.Json;
import java.util.Base64;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What Azure refuses of a machine before it begins to make it, in Azure's words. */
final class MachineDefinition {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9_])?");
    private static final int MOST_CUSTOM_DATA = 87_380;

    private MachineDefinition() {}

    static void check(String name, JsonNode wanted) {
        if (!NAME.matcher(name).matches()) {
            throw invalid("name", "Entity name '" + name + "' is invalid.");
        }
        if (Json.text(wanted, "location").isEmpty()) {
            throw new ArmException(400, "LocationRequired", "The location property is required for this definition.");
        }
        JsonNode about = wanted.path("properties");
        require(about.path("hardwareProfile"), "vmSize");
        require(about, "networkProfile");
        require(about.path("storageProfile"), "imageReference");
        checkPerson(about.path("osProfile"));
        checkNetwork(about.path("networkProfile"));
        boolean spot = Json.text(about, "priority").equalsIgnoreCase("Spot");
        if (!spot && about.has("evictionPolicy")) {
            throw invalid("evictionPolicy", "Eviction policy can be set only on Azure Spot Virtual Machines.");
        }
        if (!spot && about.path("billingProfile").has("maxPrice")) {
            throw invalid("billingProfile.maxPrice", "Max price is applicable only to Azure Spot Virtual Machines.");
        }
    }

    private static void checkPerson(JsonNode person) {
        require(person, "computerName");
        require(person, "adminUsername");
        JsonNode linux = person.path("linuxConfiguration");
        if (!person.has("adminPassword") && linux.path("ssh").path("publicKeys").isEmpty()) {
            throw invalid(
                    "linuxConfiguration.ssh.publicKeys",
                    "Authentication using either SSH or by user name and password must be enabled in Linux profile.");
        }
        for (JsonNode key : linux.path("ssh").path("publicKeys")) {
            if (!Json.text(key, "keyData").startsWith("ssh-")) {
                throw invalid("linuxConfiguration.ssh.publicKeys.keyData", "The value of parameter is invalid.");
            }
        }
        String customData = Json.text(person, "customData");
        if (customData.length() > MOST_CUSTOM_DATA) {
            throw invalid(
                    "customData", "Custom data in OSProfile must have at most " + MOST_CUSTOM_DATA + " characters.");
        }
        try {
            Base64.getDecoder().decode(customData);
        } catch (IllegalArgumentException e) {
            throw invalid(
                    "customData",
                    "Custom data in OSProfile must be in Base64 encoding and with a maximum length of "
                            + MOST_CUSTOM_DATA + " characters.");
        }
    }

    private static void checkNetwork(JsonNode network) {
        JsonNode configurations = network.path("networkInterfaceConfigurations");
        if (network.path("networkInterfaces").isEmpty() && configurations.isEmpty()) {
            throw invalid("networkProfile", "The network profile must have at least one network interface.");
        }
        if (!configurations.isEmpty()) {
            require(network, "networkApiVersion");
        }
        for (JsonNode configuration : configurations) {
            require(configuration, "name");
            for (JsonNode address : configuration.path("properties").path("ipConfigurations")) {
                require(address.path("properties").path("subnet"), "id");
            }
        }
    }

    private static void require(JsonNode node, String field) {
        if (node.path(field).isMissingNode() || node.path(field).isNull()) {
            throw invalid(field, "Required parameter '" + field + "' is missing (null).");
        }
    }

    private static ArmException invalid(String target, String message) {
        return new ArmException(400, "InvalidParameter", message + " Target: '" + target + "'.");
    }
}
