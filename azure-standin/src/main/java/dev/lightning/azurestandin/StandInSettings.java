package dev.lightning.azurestandin;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a stand-in is to be.
 *
 * @param port 0 for any that is free
 * @param groups the resource groups that are there from the start
 * @param provisioning how long creations take at least
 * @param deletion how long deletions take at least
 * @param retryAfter what clients are told to wait between polls, in whole seconds and at least one
 * @param pageSize how many resources a page of a list has at most
 * @param authorization whether a request needs an Authorization header, whatever it says
 * @param engine where containers run, as DOCKER_HOST has it; nothing really runs without
 * @param machine the container image that plays virtual machines; they only pretend to run without
 */
public record StandInSettings(
        int port,
        String subscription,
        String tenant,
        List<String> groups,
        Duration provisioning,
        Duration deletion,
        Duration retryAfter,
        int pageSize,
        boolean authorization,
        @Nullable String engine,
        @Nullable String machine) {

    /** For tests: quick, on any free port, with the resource group {@code lightning}. */
    public static StandInSettings quick(@Nullable String engine) {
        return new StandInSettings(
                0,
                "11111111-2222-3333-4444-555555555555",
                "99999999-8888-7777-6666-555555555555",
                List.of("lightning"),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofSeconds(1),
                100,
                false,
                engine,
                null);
    }

    /** The same with other times. */
    public StandInSettings taking(Duration longerProvisioning, Duration longerDeletion) {
        return new StandInSettings(
                port,
                subscription,
                tenant,
                groups,
                longerProvisioning,
                longerDeletion,
                retryAfter,
                pageSize,
                authorization,
                engine,
                machine);
    }

    /** The same on a port of its own, with whole seconds between polls as Azure has them. */
    public StandInSettings on(int fixedPort) {
        return new StandInSettings(
                fixedPort,
                subscription,
                tenant,
                groups,
                provisioning,
                deletion,
                Duration.ofSeconds(2),
                pageSize,
                authorization,
                engine,
                machine);
    }

    /** The same with shorter pages. */
    public StandInSettings paging(int shorter) {
        return new StandInSettings(
                port,
                subscription,
                tenant,
                groups,
                provisioning,
                deletion,
                retryAfter,
                shorter,
                authorization,
                engine,
                machine);
    }

    /** The same, refusing who shows no Authorization header. */
    public StandInSettings authorized() {
        return new StandInSettings(
                port,
                subscription,
                tenant,
                groups,
                provisioning,
                deletion,
                retryAfter,
                pageSize,
                true,
                engine,
                machine);
    }

    /** The same with an image that plays virtual machines. */
    public StandInSettings machines(@Nullable String image) {
        return new StandInSettings(
                port,
                subscription,
                tenant,
                groups,
                provisioning,
                deletion,
                retryAfter,
                pageSize,
                authorization,
                engine,
                image);
    }
}
