package dev.lightning.providers.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateNetworkCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Network;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The way out for runs that may have one, with the cloud's metadata service (169.254.169.254) left out.
 *
 * <p>An engine has no rule for addresses, but a container on two networks has two routes: the one to all link-local
 * addresses leads into an internal network without a gateway, where nobody answers. That network has no address on the
 * host, so that the host itself still reaches the service.
 *
 * <p>What cannot be done through an engine's API: the host itself is the network's gateway, so whatever listens there on
 * all addresses can be reached (what listens on 127.0.0.1 cannot; the platform's own ports refuse whoever calls from
 * here), and with podman's CNI the runs on this network can reach each other. Where that matters, a firewall rule for the
 * bridge {@code lightning-outward} is the operator's.
 */
final class Networks {
    static final String OUTWARD = "lightning-outward";
    static final String NOWHERE = "lightning-nowhere";
    private static final String LINK_LOCAL = "169.254.0.0/16";
    private static final String BRIDGE = "com.docker.network.bridge.";
    private static final Map<String, String> LABELS = Map.of("lightning.shared", "true");

    private final DockerClient engine;
    private volatile List<String> outward = List.of();

    Networks(DockerClient engine) {
        this.engine = engine;
    }

    /** What addresses the runs have that may go out; none while no run has had one. */
    List<String> outward() {
        if (outward.isEmpty() && isThere(OUTWARD)) {
            Network.Ipam addresses =
                    engine.inspectNetworkCmd().withNetworkId(OUTWARD).exec().getIpam();
            outward = Stream.ofNullable(addresses)
                    .map(Network.Ipam::getConfig)
                    .filter(Objects::nonNull)
                    .flatMap(List::stream)
                    .map(Network.Ipam.Config::getSubnet)
                    .filter(Objects::nonNull)
                    .toList();
        }
        return outward;
    }

    /** Makes both networks where they are missing; all instances on one engine share them. */
    void make() {
        make(
                OUTWARD,
                () -> engine.createNetworkCmd()
                        .withName(OUTWARD)
                        .withDriver("bridge")
                        .withLabels(LABELS)
                        .withOptions(Map.of(BRIDGE + "enable_icc", "false")));
        make(
                NOWHERE,
                () -> engine.createNetworkCmd()
                        .withName(NOWHERE)
                        .withDriver("bridge")
                        .withLabels(LABELS)
                        .withInternal(true)
                        .withIpam(new Network.Ipam().withConfig(new Network.Ipam.Config().withSubnet(LINK_LOCAL)))
                        .withOptions(Map.of(BRIDGE + "enable_icc", "false", BRIDGE + "inhibit_ipv4", "true")));
    }

    /** Takes the metadata service away from a container that has not been started yet. */
    void closeMetadata(String container) {
        boolean closed = engine.inspectContainerCmd(container)
                .exec()
                .getNetworkSettings()
                .getNetworks()
                .containsKey(NOWHERE);
        if (!closed) {
            engine.connectToNetworkCmd()
                    .withContainerId(container)
                    .withNetworkId(NOWHERE)
                    .exec();
        }
    }

    private void make(String name, Supplier<CreateNetworkCmd> command) {
        if (isThere(name)) {
            return;
        }
        try {
            command.get().withCheckDuplicate(true).exec();
        } catch (DockerException e) {
            if (!isThere(name)) {
                throw e;
            }
        }
    }

    private boolean isThere(String name) {
        return engine.listNetworksCmd().withNameFilter(name).exec().stream()
                .anyMatch(network -> name.equals(network.getName()));
    }
}
