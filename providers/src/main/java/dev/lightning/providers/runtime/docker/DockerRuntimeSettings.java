package dev.lightning.providers.runtime.docker;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the container engine is and what it is told about us; what is left out (null) has its default.
 *
 * @param host {@code DOCKER_HOST}; Docker's own socket, or podman's where only that exists
 * @param instance by which we know our containers from another's on one engine; {@code lightning}
 * @param largestFile {@code LIGHTNING_DOCKER_LARGEST_FILE}, bytes that one file of a run may have; 1 GiB
 * @param dns {@code LIGHTNING_DOCKER_DNS}, name servers for runs with a network; empty leaves it to the engine
 */
public record DockerRuntimeSettings(
        @Nullable String host,
        @Nullable String instance,
        @Nullable Long largestFile,
        @Nullable List<String> dns) {
    private static final String DOCKER = "/var/run/docker.sock";
    private static final String PODMAN = "/run/podman/podman.sock";
    private static final Set<String> SCHEMES = Set.of("unix", "tcp", "http", "https", "npipe");
    private static final Pattern INSTANCE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public DockerRuntimeSettings {
        host = host == null || host.isBlank() ? socket() : host.strip();
        instance = instance == null || instance.isBlank() ? "lightning" : instance.strip();
        largestFile = Objects.requireNonNullElse(largestFile, 1L << 30);
        dns = dns == null ? List.of() : List.copyOf(dns);
        if (!isAddress(host)) {
            throw new IllegalArgumentException(
                    "DOCKER_HOST must be an address like unix:///var/run/docker.sock or tcp://engine:2376");
        }
        if (!INSTANCE.matcher(instance).matches()) {
            throw new IllegalArgumentException(
                    "The instance must have 1 to 63 characters of a-z, 0-9 and -, and not begin with -");
        }
        if (largestFile < 1) {
            throw new IllegalArgumentException("LIGHTNING_DOCKER_LARGEST_FILE must be more than 0");
        }
    }

    @Override
    public String host() {
        return Objects.requireNonNull(host);
    }

    @Override
    public String instance() {
        return Objects.requireNonNull(instance);
    }

    @Override
    public Long largestFile() {
        return Objects.requireNonNull(largestFile);
    }

    @Override
    public List<String> dns() {
        return Objects.requireNonNull(dns);
    }

    /** The same for another instance. */
    public DockerRuntimeSettings ofInstance(String other) {
        return new DockerRuntimeSettings(host, other, largestFile, dns);
    }

    private static String socket() {
        return "unix://" + (!Files.exists(Path.of(DOCKER)) && Files.exists(Path.of(PODMAN)) ? PODMAN : DOCKER);
    }

    private static boolean isAddress(String text) {
        try {
            String scheme = URI.create(text).getScheme();
            return scheme != null && SCHEMES.contains(scheme);
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }
}
