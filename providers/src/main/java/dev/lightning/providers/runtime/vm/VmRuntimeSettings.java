package dev.lightning.providers.runtime.vm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What machines are bought, and where they are plugged in; what is left out (null) has its default.
 *
 * @param sizes {@code AZURE_VM_SIZES}, those that may be bought, in the order in which they are tried; {@code
 *     Standard_B2s, Standard_D2s_v5, Standard_D2as_v5}
 * @param image {@code AZURE_VM_IMAGE}, as {@code publisher:offer:sku:version} or the id of a resource; {@code
 *     Debian:debian-12:12-gen2:latest}. It needs cloud-init, curl, tar and setpriv
 * @param subnets {@code AZURE_VM_SUBNET_ID}, one for each of the first locations of {@code AZURE_LOCATION}
 * @param publicIp {@code AZURE_VM_PUBLIC_IP}, whether a machine gets an address of its own to go out from; false
 * @param adminUser {@code AZURE_VM_ADMIN_USER}, whom Azure insists on and nobody can sign in as; {@code azureuser}
 * @param warm {@code AZURE_VM_WARM}, how long a machine whose definition allows it waits for its owner's next run; 10
 *     minutes, at most an hour. With 0 none waits
 */
public record VmRuntimeSettings(
        @Nullable List<String> sizes,
        @Nullable String image,
        @Nullable List<String> subnets,
        @Nullable Boolean publicIp,
        @Nullable String adminUser,
        @Nullable Duration warm) {
    private static final Duration WARM = Duration.ofMinutes(10);
    private static final Duration LONGEST_WARM = Duration.ofHours(1);
    private static final List<String> SIZES = List.of("Standard_B2s", "Standard_D2s_v5", "Standard_D2as_v5");
    private static final String IMAGE = "Debian:debian-12:12-gen2:latest";
    private static final Pattern SIZE = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
    private static final Pattern USER = Pattern.compile("[a-z][a-z0-9_-]{0,30}");
    private static final Pattern SUBNET = Pattern.compile(
            "/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+",
            Pattern.CASE_INSENSITIVE);

    public VmRuntimeSettings {
        boolean onlyCommas = sizes != null && sizes.size() > 1 && listed(sizes).isEmpty();
        sizes = listed(sizes).isEmpty() ? SIZES : listed(sizes);
        image = image == null || image.isBlank() ? IMAGE : image.strip();
        subnets = listed(subnets);
        publicIp = Boolean.TRUE.equals(publicIp);
        adminUser = adminUser == null || adminUser.isBlank() ? "azureuser" : adminUser.strip();
        warm = warm == null ? WARM : warm;
        List<String> wrong = new ArrayList<>();
        if (onlyCommas || !sizes.stream().allMatch(size -> SIZE.matcher(size).matches())) {
            wrong.add("AZURE_VM_SIZES must be a list of sizes, such as Standard_B2s,Standard_D2s_v5");
        }
        if (!MachineImage.isOne(image)) {
            wrong.add("AZURE_VM_IMAGE must be publisher:offer:sku:version, or the id of an image");
        }
        if (subnets.isEmpty()
                || !subnets.stream().allMatch(id -> SUBNET.matcher(id).matches())) {
            wrong.add("AZURE_VM_SUBNET_ID must be the id of a subnet, such as /subscriptions/.../resourceGroups/..."
                    + "/providers/Microsoft.Network/virtualNetworks/.../subnets/...");
        }
        if (!USER.matcher(adminUser).matches()
                || Stream.of("root", "admin", "administrator").anyMatch(adminUser::equals)) {
            wrong.add("AZURE_VM_ADMIN_USER must be 1 to 31 of a-z, 0-9, - and _, and none that Azure reserves");
        }
        if (warm.isNegative() || warm.compareTo(LONGEST_WARM) > 0) {
            wrong.add("AZURE_VM_WARM must be a time of at most an hour, such as 10m; 0 for none");
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", wrong));
        }
    }

    @Override
    public List<String> sizes() {
        return Objects.requireNonNull(sizes);
    }

    @Override
    public String image() {
        return Objects.requireNonNull(image);
    }

    @Override
    public List<String> subnets() {
        return Objects.requireNonNull(subnets);
    }

    @Override
    public Boolean publicIp() {
        return Objects.requireNonNull(publicIp);
    }

    @Override
    public String adminUser() {
        return Objects.requireNonNull(adminUser);
    }

    @Override
    public Duration warm() {
        return Objects.requireNonNull(warm);
    }

    private static List<String> listed(@Nullable List<String> given) {
        return given == null
                ? List.of()
                : given.stream()
                        .map(String::strip)
                        .filter(each -> !each.isEmpty())
                        .toList();
    }
}
