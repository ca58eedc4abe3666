package dev.lightning.providers.testing;

import java.util.List;

/** An image that plays a virtual machine: what the agent needs, and the program that lets root become nobody. */
public final class MachineRoot {
    public static final String IMAGE = "lightning-test-machine:1";

    private MachineRoot() {}

    /** Makes it in this engine. */
    public static void importInto(ContainerEngine engine) {
        engine.importImage(IMAGE, AgentImage.root(List.of("dash", "curl", "tar", "setpriv")));
    }
}
