package dev.lightning.azurestandin.compute;

import dev.lightning.azurestandin.arm.ArmException;
import dev.lightning.azurestandin.engine.ContainerPlan;
import dev.lightning.azurestandin.engine.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A machine that is switched on and off: a container whose files stay, or nothing but a state where there is no engine. */
final class Machine {
    private static final String FOLDER = "standin";

    private final @Nullable Engine engine;
    private final String resource;
    private final String image;
    private final String container = "standin-" + UUID.randomUUID().toString().substring(0, 13);
    private Power power = Power.STARTING;

    /** As the instance view has it. */
    enum Power {
        STARTING("starting"),
        RUNNING("running"),
        STOPPED("stopped"),
        DEALLOCATED("deallocated");

        private final String wire;

        Power(String wire) {
            this.wire = wire;
        }

        String wire() {
            return wire;
        }
    }

    Machine(@Nullable Engine engine, String resource, String image) {
        this.engine = engine;
        this.resource = resource;
        this.image = image;
    }

    /** Makes it and lets it do what its user has left for the first boot. */
    synchronized void create(UserData data) {
        if (engine != null) {
            engine.create(new ContainerPlan(
                    container,
                    resource,
                    image,
                    List.of("/bin/sh", "/" + FOLDER + "/boot.sh"),
                    Map.of(),
                    Map.of(),
                    0,
                    0,
                    false));
            Map<String, byte[]> files = new LinkedHashMap<>();
            data.files().forEach((path, content) -> files.put(path.substring(1), content));
            files.put(FOLDER + "/boot.sh", bundled("boot.sh"));
            files.put(FOLDER + "/shutdown", bundled("shutdown.sh"));
            files.put(FOLDER + "/user-data", data.script().getBytes(StandardCharsets.UTF_8));
            engine.copy(container, "/", files);
        }
        start();
    }

    private static byte[] bundled(String name) {
        try (InputStream content = Objects.requireNonNull(Machine.class.getResourceAsStream(name), name)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void start() {
        if (engine != null) {
            engine.start(container);
        }
        power = Power.RUNNING;
    }

    /** Pulls the plug and puts it back in. */
    synchronized void restart() {
        if (power == Power.DEALLOCATED) {
            throw new ArmException(409, "OperationNotAllowed", "Cannot modify a VM that is deallocated.");
        }
        stop(Power.STOPPED);
        start();
    }

    synchronized void stop(Power as) {
        if (engine != null) {
            engine.kill(container);
        }
        power = as;
    }

    synchronized void remove() {
        if (engine != null) {
            engine.remove(container);
        }
    }

    /** Its power; one that has shut itself down is stopped, and still paid for. */
    synchronized Power power() {
        if (power == Power.RUNNING && engine != null) {
            boolean runs = engine.state(container)
                    .map(state -> Boolean.TRUE.equals(state.getRunning()))
                    .orElse(false);
            return runs ? power : Power.STOPPED;
        }
        return power;
    }
}
