package dev.lightning.azurestandin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs a stand-in by itself, for trying azure mode on a laptop. */
public final class AzureStandInApplication {
    private static final String DEFAULT_PORT = "8095";
    private static final Duration PROVISIONING = Duration.ofSeconds(3);
    private static final Duration DELETION = Duration.ofSeconds(2);

    private AzureStandInApplication() {}

    /** Starts, says how to use it, and stays until it is ended. */
    public static void main(String[] arguments) throws InterruptedException {
        Map<String, String> environment = System.getenv();
        int port = Integer.parseInt(environment.getOrDefault("AZURE_STANDIN_PORT", DEFAULT_PORT));
        StandInSettings settings = StandInSettings.quick(engine(environment))
                .on(port)
                .taking(PROVISIONING, DELETION)
                .machines(environment.get("AZURE_STANDIN_MACHINE_IMAGE"));
        AzureStandIn standIn;
        try {
            standIn = AzureStandIn.start(settings);
        } catch (RuntimeException e) {
            System.err.println("lightning: the stand-in cannot start; see that port " + port
                    + " is free and that the container engine at " + settings.engine() + " answers: " + e.getMessage());
            System.exit(1);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(standIn::close));
        System.out.println(greeting(standIn));
        new CountDownLatch(1).await();
    }

    private static @Nullable String engine(Map<String, String> environment) {
        String given = environment.getOrDefault("DOCKER_HOST", "");
        if (!given.isBlank()) {
            return given;
        }
        return Stream.of(
                        "/var/run/docker.sock",
                        "/run/podman/podman.sock",
                        environment.getOrDefault("XDG_RUNTIME_DIR", "/run") + "/podman/podman.sock")
                .filter(socket -> Files.exists(Path.of(socket)))
                .map(socket -> "unix://" + socket)
                .findFirst()
                .orElse(null);
    }

    private static String greeting(AzureStandIn standIn) {
        StandInSettings settings = standIn.settings();
        String engine = Optional.ofNullable(settings.engine())
                .map(host -> "Containers really run, at " + host + ".")
                .orElse("Nothing really runs: no container engine was found; start one, or set DOCKER_HOST.");
        return """
                A stand-in for Azure Resource Manager listens on %s. %s
                All it has is gone when it ends. Give Lightning:

                  AZURE_ARM_ENDPOINT=%s
                  AZURE_SUBSCRIPTION_ID=%s
                  AZURE_RESOURCE_GROUP=%s
                  AZURE_LOCATION=westeurope,northeurope

                Look:   curl %s/resources    curl %s/requests
                Break:  curl %s/faults -d '{"verb":"PUT","effect":{"kind":"throttle","retryAfter":5}}'
                """.formatted(
                        standIn.endpoint(),
                        engine,
                        standIn.endpoint(),
                        settings.subscription(),
                        settings.groups().getFirst(),
                        standIn.endpoint(),
                        standIn.endpoint(),
                        standIn.endpoint());
    }
}
