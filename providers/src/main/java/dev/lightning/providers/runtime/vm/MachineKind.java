package dev.lightning.providers.runtime.vm;

import dev.lightning.providers.Sha256;
import dev.lightning.providers.runtime.RunRequest;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which machines can stand for each other, as the beginning of their names: whoever differs in the owner, or in anything
 * that a machine is ordered with, has another. A machine cannot change its name, so none gets at another owner's runs.
 */
record MachineKind(String prefix) {
    private static final int HASH_LENGTH = 32;
    private static final int RANDOM_LENGTH = 12;

    static MachineKind of(String instance, VmRuntimeSettings settings, Place place, RunRequest request) {
        String image = Objects.requireNonNullElse(request.image(), settings.image());
        String all = Stream.<String>of(
                        instance,
                        request.labels().owner(),
                        place.size().toLowerCase(Locale.ROOT),
                        place.location(),
                        place.subnet(),
                        image,
                        "spot " + request.machine().spot(),
                        "address " + settings.publicIp(),
                        settings.adminUser(),
                        "warm " + settings.warm(),
                        BootScript.version())
                .map(each -> each.length() + ":" + each)
                .collect(Collectors.joining());
        return new MachineKind("lightning-" + Sha256.hex(all).substring(0, HASH_LENGTH) + "-");
    }

    boolean has(String machine) {
        return machine.startsWith(prefix);
    }

    /** The name of one more of them. */
    String another() {
        return prefix + UUID.randomUUID().toString().replace("-", "").substring(0, RANDOM_LENGTH);
    }
}
