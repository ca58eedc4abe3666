package dev.lightning.api.tools;

import dev.lightning.api.bodies.Durations;
import dev.lightning.api.bodies.JsonFields;
import dev.lightning.api.errors.Findings;
import dev.lightning.providers.storage.rows.ToolDefinition;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads how long and how large a run may become, within what the operator allows. */
final class LimitsReader {
    static final String TIMEOUT = "timeout";
    static final String RESOURCES = "resources";

    private final ToolSettings settings;
    private final Findings findings;

    LimitsReader(ToolSettings settings, Findings findings) {
        this.settings = settings;
        this.findings = findings;
    }

    ToolDefinition.Limits read(JsonFields body) {
        JsonFields resources = body.inside(RESOURCES);
        resources.refuseOthersThan(List.of("memory", "cpu", "pids", "output"), "the resources of a tool");
        return new ToolDefinition.Limits(
                timeout(body),
                size(resources, "memory", settings.memoryBytes(), ToolSettings.LEAST_MEMORY, settings.maxMemoryBytes()),
                cpu(resources),
                pids(resources),
                size(
                        resources,
                        "output",
                        settings.outputBytes(),
                        ToolSettings.LEAST_OUTPUT,
                        settings.maxOutputBytes()));
    }

    private Duration timeout(JsonFields body) {
        String text = body.text(TIMEOUT);
        if (text == null) {
            return settings.timeout();
        }
        Duration timeout = Durations.read(text);
        if (timeout != null
                && timeout.compareTo(ToolSettings.SHORTEST_TIMEOUT) >= 0
                && timeout.compareTo(settings.maxTimeout()) <= 0) {
            return timeout;
        }
        findings.add(
                body.at(TIMEOUT), "must be a duration from PT1S to " + settings.maxTimeout() + ", like PT10M or 90s");
        return settings.timeout();
    }

    /** A number of bytes may stand as a number too, as it often does in YAML. */
    private long size(JsonFields fields, String name, long usual, long least, long most) {
        JsonNode value = fields.value(name);
        if (value == null) {
            return usual;
        }
        Long bytes = value.isString() || value.isIntegralNumber() ? ByteSizes.read(value.asString()) : null;
        if (bytes != null && bytes >= least && bytes <= most) {
            return bytes;
        }
        findings.add(
                fields.at(name),
                "must be a size from " + ByteSizes.write(least) + " to " + ByteSizes.write(most) + ", like 256Mi");
        return usual;
    }

    private double cpu(JsonFields resources) {
        BigDecimal cpu = resources.number(
                "cpu", BigDecimal.valueOf(ToolSettings.LEAST_CPU), BigDecimal.valueOf(settings.maxCpu()));
        return cpu == null ? settings.cpu() : cpu.doubleValue();
    }

    private int pids(JsonFields resources) {
        Integer pids = resources.wholeNumber("pids", ToolSettings.LEAST_PIDS, settings.maxPids());
        return pids == null ? settings.pids() : pids;
    }
}
