package dev.lightning.providers.runtime.vm;

import com.azure.resourcemanager.compute.models.ImageReference;
import java.util.regex.Pattern;

/** The image of a machine, in the two ways in which it is named: as the marketplace does, or as a resource. */
final class MachineImage {
    private static final Pattern URN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(:[A-Za-z0-9][A-Za-z0-9._-]*){3}");
    private static final Pattern RESOURCE = Pattern.compile("/subscriptions/[A-Za-z0-9._/()-]+");

    private MachineImage() {}

    static boolean isOne(String name) {
        return URN.matcher(name).matches() || RESOURCE.matcher(name).matches();
    }

    static ImageReference reference(String name) {
        if (name.startsWith("/")) {
            return new ImageReference().withId(name);
        }
        String[] parts = name.split(":", -1);
        return new ImageReference()
                .withPublisher(parts[0])
                .withOffer(parts[1])
                .withSku(parts[2])
                .withVersion(parts[3]);
    }
}
