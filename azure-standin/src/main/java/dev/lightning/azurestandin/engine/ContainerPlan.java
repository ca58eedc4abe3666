package dev.lightning.azurestandin.engine;

import java.util.List;
import java.util.Map;

/**
 * What is to run in one container.
 *
 * @param name of the container in the engine
 * @param resource the id of the Azure resource that it is a part of, as a label
 * @param command replaces the image's own; none for the image's own
 * @param mounts names of volumes by the paths at which they are seen
 * @param cpus processors, at most those of the machine; 0 for all
 * @param memoryBytes 0 for all
 * @param privileged only for what plays a whole machine
 */
public record ContainerPlan(
        String name,
        String resource,
        String image,
        List<String> command,
        Map<String, String> environment,
        Map<String, String> mounts,
        double cpus,
        long memoryBytes,
        boolean privileged) {}
