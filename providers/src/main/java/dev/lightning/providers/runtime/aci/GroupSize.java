package dev.lightning.providers.runtime.aci;

import com.azure.resourcemanager.containerinstance.models.ResourceLimits;
import com.azure.resourcemanager.containerinstance.models.ResourceRequests;
import com.azure.resourcemanager.containerinstance.models.ResourceRequirements;
import dev.lightning.providers.runtime.RunLimits;
import java.util.Locale;

/** What a group has, in the steps in which Azure sells it: hundredths of a processor and tenths of a GB. */
record GroupSize(double cpus, double gigabytes) {
    /** The agent asks for little; where the group has more than the program uses it may take that. */
    static final GroupSize AGENT = new GroupSize(0.2, 0.3);

    private static final double GIGA = 1024.0 * 1024 * 1024;
    private static final double STEPS_OF_CPU = 100;
    private static final double STEPS_OF_MEMORY = 10;

    /** What a program asks for, rounded up. */
    static GroupSize of(RunLimits limits) {
        return new GroupSize(up(limits.cpus(), STEPS_OF_CPU), up(limits.memoryBytes() / GIGA, STEPS_OF_MEMORY));
    }

    private static double up(double wanted, double steps) {
        return Math.max(1, Math.ceil(wanted * steps - 1e-9)) / steps;
    }

    GroupSize plus(GroupSize other) {
        return new GroupSize(up(cpus + other.cpus, STEPS_OF_CPU), up(gigabytes + other.gigabytes, STEPS_OF_MEMORY));
    }

    /** No more than that. */
    ResourceRequirements bounded() {
        return asked().withLimits(new ResourceLimits().withCpu(cpus).withMemoryInGB(gigabytes));
    }

    /** At least that. */
    ResourceRequirements asked() {
        return new ResourceRequirements()
                .withRequests(new ResourceRequests().withCpu(cpus).withMemoryInGB(gigabytes));
    }

    /** As Azure bills it. */
    String words() {
        return String.format(Locale.ROOT, "%s vCPU, %s GB", plain(cpus), plain(gigabytes));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
