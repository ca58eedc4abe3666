package dev.lightning.azurestandin;

import com.sun.net.httpserver.HttpServer;
import dev.lightning.azurestandin.aci.ContainerGroups;
import dev.lightning.azurestandin.arm.Resource;
import dev.lightning.azurestandin.arm.ResourceManager;
import dev.lightning.azurestandin.arm.ResourceStore;
import dev.lightning.azurestandin.compute.PartType;
import dev.lightning.azurestandin.compute.VirtualMachines;
import dev.lightning.azurestandin.engine.Engine;
import dev.lightning.azurestandin.faults.FaultScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A whole Azure Resource Manager on the loopback of this machine, with what runs in it, until it is closed. */
public final class AzureStandIn implements AutoCloseable {
    private final StandInSettings settings;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final String endpoint;
    private final FaultScript faults = new FaultScript();
    private final ResourceStore store = new ResourceStore();
    private final @Nullable Engine engine;
    private final ResourceManager manager;
    private final FrontDoor door;

    /** Starts one that is empty. */
    public static AzureStandIn start(StandInSettings settings) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port());
            return new AzureStandIn(settings, HttpServer.create(address, 0));
        } catch (IOException e) {
            throw new UncheckedIOException("Port " + settings.port() + " cannot be used: " + e.getMessage(), e);
        }
    }

    private AzureStandIn(StandInSettings settings, HttpServer server) {
        this.settings = settings;
        this.server = server;
        this.endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
        this.engine = settings.engine() == null
                ? null
                : new Engine(settings.engine(), UUID.randomUUID().toString());
        this.manager = new ResourceManager(
                new ResourceManager.Manners(
                        settings.subscription(),
                        settings.tenant(),
                        settings.groups(),
                        settings.provisioning(),
                        settings.deletion(),
                        settings.retryAfter(),
                        settings.pageSize()),
                store);
        register();
        this.door = new FrontDoor(endpoint, settings.authorization(), manager, faults);
        ControlDoor control = new ControlDoor(faults, this::requests, this::resources);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath().toLowerCase(Locale.ROOT);
            (path.startsWith("/subscriptions") ? door : control).handle(exchange);
        });
        server.setExecutor(threads);
        server.start();
    }

    /** The table of contents: every type of resource there is. */
    private void register() {
        manager.register(new ContainerGroups(engine, store));
        manager.register(new VirtualMachines(engine, store, settings.machine()));
        manager.register(PartType.disks(store)).register(PartType.cards(store)).register(PartType.addresses(store));
    }

    /** Where it listens, as {@code http://127.0.0.1:8095}. */
    public String endpoint() {
        return endpoint;
    }

    /** As it was started. */
    public StandInSettings settings() {
        return settings;
    }

    /** What goes wrong from now on. */
    public FaultScript faults() {
        return faults;
    }

    /** All that was asked so far. */
    public List<AskedRequest> requests() {
        return door.asked();
    }

    /** All that exists, in the order of the ids. */
    public List<ResourceSummary> resources() {
        return store.all().stream().map(AzureStandIn::summary).toList();
    }

    private static ResourceSummary summary(Resource resource) {
        return new ResourceSummary(
                resource.id(),
                resource.type(),
                resource.name(),
                resource.group(),
                resource.state().wire(),
                resource.tags());
    }

    /** The containers and volumes in the engine that are this stand-in's. */
    public List<String> leftovers() {
        return engine == null ? List.of() : engine.leftovers();
    }

    /** Takes a resource away from its user, as happens to spot capacity. */
    public void evict(String id) {
        manager.evict(id);
    }

    /** Ends, and takes everything in the engine along. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        manager.close();
        if (engine != null) {
            engine.close();
        }
    }
}
